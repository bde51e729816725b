/// The creation and modification dates of a tree's files, with the commit that they belong to.
public struct TreeHistory: Sendable {
    /// The checked-out commit in lower-case hex; nil outside git and before the first commit.
    public var commit: String?
    /// The commit's committer date, in seconds since 1970.
    public var committedAt: Int64?
    /// A Boolean value that indicates whether `roster.yaml`, `providers/` or `secrets/` differ from the commit.
    public var isDirty: Bool
    /// The dates by path, relative to the tree's root.
    ///
    /// The modification time applies to a file that is absent here.
    public var dates: [String: FileDates]

    /// The range of the dates in a registry, in seconds since 1970: from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    package static let dateRange: ClosedRange<Int64> = 0...253_402_300_799

    /// Creates a history.
    public init(commit: String?, committedAt: Int64?, isDirty: Bool, dates: [String: FileDates]) {
        self.commit = commit
        self.committedAt = committedAt
        self.isDirty = isDirty
        self.dates = dates
    }

    /// A history outside git, in which every file is dated by its modification time.
    public static let modificationTimes = TreeHistory(commit: nil, committedAt: nil, isDirty: false, dates: [:])
}

/// The dates of a file, in seconds since 1970.
public struct FileDates: Sendable, Hashable {
    /// The date of the first commit of the file, under this name or an earlier one.
    public var created: Int64
    /// The date of the latest commit.
    public var updated: Int64

    /// Creates a pair of dates.
    public init(created: Int64, updated: Int64) {
        self.created = created
        self.updated = updated
    }
}

/// A file as it was read, for a ``HistorySource``.
public struct DatedFile: Sendable {
    /// The path relative to the tree's root.
    public var path: String
    /// The bytes.
    public var bytes: [UInt8]
    /// The modification time in seconds since 1970, where the tree has one.
    public var modified: Int64?

    /// Creates a file.
    public init(path: String, bytes: [UInt8], modified: Int64?) {
        self.path = path
        self.bytes = bytes
        self.modified = modified
    }
}

/// A source of the dates of files, such as git.
public protocol HistorySource: Sendable {
    /// A Boolean value that indicates whether the source needs the bytes of files; the default is true.
    var comparesContents: Bool { get }

    /// Returns the history of a tree, with a date for each file.
    func history(of files: [DatedFile]) async throws -> TreeHistory
}

extension HistorySource {
    /// See ``HistorySource/comparesContents``.
    public var comparesContents: Bool { true }
}
