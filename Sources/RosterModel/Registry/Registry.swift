/// A compiled repository: every record of one revision, linked, in order.
public struct Registry: Sendable, Hashable {
    /// The version of the document's format.
    public static let version = 2
    /// The versions that can be read; providers of the first have no endpoint.
    package static let readableVersions = 1...2

    /// The origin of the records.
    public var revision: Revision
    /// The projects, by handle.
    public var projects: [Project]
    /// By project handle, then handle.
    public var providers: [Provider]
    /// By project handle, then handle.
    public var secrets: [Secret]
    /// In the order of `roster.yaml`.
    public var sealingKeys: [SealingKey]
    /// The access section, or nil for an open registry.
    public var access: Access?

    /// Creates a registry from its parts.
    public init(
        revision: Revision,
        projects: [Project],
        providers: [Provider],
        secrets: [Secret],
        sealingKeys: [SealingKey],
        access: Access?
    ) {
        self.revision = revision
        self.projects = projects
        self.providers = providers
        self.secrets = secrets
        self.sealingKeys = sealingKeys
        self.access = access
    }

    /// The commit that a registry was compiled from.
    public struct Revision: Sendable, Hashable {
        /// The commit in lower-case hex, or nil outside git and before the first commit.
        public var commit: String?
        /// The commit's committer date.
        public var committedAt: Timestamp?
        /// A Boolean value that indicates whether the files differ from the commit.
        public var isDirty: Bool

        /// Creates a revision from its parts.
        public init(commit: String?, committedAt: Timestamp?, isDirty: Bool) {
            self.commit = commit
            self.committedAt = committedAt
            self.isDirty = isDirty
        }
    }

    /// The position of a record.
    public struct Source: Sendable, Hashable {
        /// The path relative to the folder of `roster.yaml`.
        public var path: String
        /// The line of the record's first key, from 1.
        public var line: Int

        /// Creates a source from its parts.
        public init(path: String, line: Int) {
            self.path = path
            self.line = line
        }
    }
}
