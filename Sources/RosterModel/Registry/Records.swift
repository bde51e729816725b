public import RosterJSON

/// A group of providers and the secrets that they share.
public struct Project: Sendable, Hashable {
    /// The project's identity.
    public var id: ProjectID
    /// The folder.
    public var handle: Handle
    /// The label for people.
    public var name: String

    /// Creates a project from its parts.
    public init(id: ProjectID, handle: Handle, name: String) {
        self.id = id
        self.handle = handle
        self.name = name
    }
}

/// An LLM endpoint with its model and key.
public struct Provider: Sendable, Hashable {
    /// The provider's identity.
    public var id: ProviderID
    /// The project that it belongs to.
    public var projectID: ProjectID
    /// The secret with its key, or nil without one.
    public var secretID: SecretID?
    /// The label for people.
    public var name: String
    /// The kind of provider.
    public var slug: ProviderSlug
    /// The model in requests.
    public var defaultModel: String
    /// The URL that overrides the slug's own endpoint, as it is written.
    public var baseURL: String?
    /// The settings of the provider itself.
    public var config: JSONObject?
    /// The time at which the file was created.
    public var createdAt: Timestamp
    /// The time of the last change of the file.
    public var updatedAt: Timestamp
    /// The file's name without `.yaml`.
    public var handle: Handle
    /// The file.
    public var source: Registry.Source

    /// Creates a provider from its parts.
    public init(
        id: ProviderID,
        projectID: ProjectID,
        secretID: SecretID?,
        name: String,
        slug: ProviderSlug,
        defaultModel: String,
        baseURL: String?,
        config: JSONObject?,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        handle: Handle,
        source: Registry.Source
    ) {
        self.id = id
        self.projectID = projectID
        self.secretID = secretID
        self.name = name
        self.slug = slug
        self.defaultModel = defaultModel
        self.baseURL = baseURL
        self.config = config
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.handle = handle
        self.source = source
    }
}

/// A sealed key, with the facts that are known without opening it.
public struct Secret: Sendable, Hashable {
    /// The secret's identity.
    public var id: SecretID
    /// The project that it belongs to.
    public var projectID: ProjectID
    /// The file's name without `.yaml`.
    public var handle: Handle
    /// The label for people.
    public var name: String
    /// The allowed hosts, in the order of the file.
    public var allowedHosts: [AllowedHost]
    /// A counter of changes to the value or the hosts, from 1.
    public var generation: Int64
    /// Changes with the value.
    public var fingerprint: Fingerprint
    /// The day after which the key is due for rotation.
    public var rotateBy: CalendarDate?
    /// The payload, sealed to each key.
    public var boxes: [Box]
    /// The time at which the file was created.
    public var createdAt: Timestamp
    /// The time of the last change of the file.
    public var updatedAt: Timestamp
    /// The file.
    public var source: Registry.Source

    /// Creates a secret from its parts.
    public init(
        id: SecretID,
        projectID: ProjectID,
        handle: Handle,
        name: String,
        allowedHosts: [AllowedHost],
        generation: Int64,
        fingerprint: Fingerprint,
        rotateBy: CalendarDate?,
        boxes: [Box],
        createdAt: Timestamp,
        updatedAt: Timestamp,
        source: Registry.Source
    ) {
        self.id = id
        self.projectID = projectID
        self.handle = handle
        self.name = name
        self.allowedHosts = allowedHosts
        self.generation = generation
        self.fingerprint = fingerprint
        self.rotateBy = rotateBy
        self.boxes = boxes
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.source = source
    }

    /// The payload sealed to one key.
    public struct Box: Sendable, Hashable {
        /// The id of the sealing key.
        public var key: SealingKeyID
        /// The box in base64.
        public var box: String

        /// Creates a box from its parts.
        public init(key: SealingKeyID, box: String) {
            self.key = key
            self.box = box
        }
    }
}

/// A key that secrets are sealed to.
public struct SealingKey: Sendable, Hashable {
    /// The key's identity, which follows from the public key.
    public var id: SealingKeyID
    /// The public half in base64.
    public var publicKey: String
    /// The label for people.
    public var name: String
    /// A Boolean value that indicates whether new secrets are not sealed to it.
    public var isRetired: Bool

    /// Creates a sealing key from its parts.
    public init(id: SealingKeyID, publicKey: String, name: String, isRetired: Bool) {
        self.id = id
        self.publicKey = publicKey
        self.name = name
        self.isRetired = isRetired
    }
}
