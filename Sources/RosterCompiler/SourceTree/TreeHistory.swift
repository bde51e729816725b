/// What is known of when a tree's files were made and changed.
public struct TreeHistory: Sendable {
    /// The commit that the tree stands at: lower-case hex; nil outside git and before the first commit.
    public var commit: String?
    /// The commit's committer date, in seconds since 1970.
    public var committedAt: Int64?
    /// Whether `roster.yaml`, `providers/` or `secrets/` differ from the commit.
    public var isDirty: Bool
    /// Dates by path, relative to the tree's root.
    ///
    /// A file that has none here is dated by its modification time.
    public var dates: [String: FileDates]

    /// The dates that a registry holds, in seconds since 1970: from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    package static let dateRange: ClosedRange<Int64> = 0...253_402_300_799

    /// Makes a history from its parts.
    public init(commit: String?, committedAt: Int64?, isDirty: Bool, dates: [String: FileDates]) {
        self.commit = commit
        self.committedAt = committedAt
        self.isDirty = isDirty
        self.dates = dates
    }

    /// What is known outside git: nothing but each file's modification time.
    public static let modificationTimes = TreeHistory(commit: nil, committedAt: nil, isDirty: false, dates: [:])
}

/// When one file was made and last changed, in seconds since 1970.
public struct FileDates: Sendable, Hashable {
    /// The first commit that touched it, under this name or an earlier one.
    public var created: Int64
    /// The latest.
    public var updated: Int64

    /// Makes a pair of dates.
    public init(created: Int64, updated: Int64) {
        self.created = created
        self.updated = updated
    }
}

/// A file that was read, for whoever has to date it.
public struct DatedFile: Sendable {
    /// Relative to the tree's root.
    public var path: String
    /// Its bytes.
    public var bytes: [UInt8]
    /// Its modification time in seconds since 1970, where the tree has one.
    public var modified: Int64?

    /// Makes a file from its parts.
    public init(path: String, bytes: [UInt8], modified: Int64?) {
        self.path = path
        self.bytes = bytes
        self.modified = modified
    }
}

/// Whoever knows when files were made and changed.
public protocol HistorySource: Sendable {
    /// Dates the files of a tree, every one of them.
    func history(of files: [DatedFile]) async throws -> TreeHistory
}
