/// A repository's files at one moment: the working tree, a git revision, or memory.
///
/// Paths are relative to the folder of `roster.yaml`, with `/` between their parts; the root is the empty path. A tree
/// never follows a link and never leaves its folder.
public protocol SourceTree: Sendable {
    /// How many files one ``read(_:receive:)`` is best given: enough to forget what a call costs, few enough to share
    /// the work out evenly.
    var filesPerRead: Int { get }

    /// Lists folders, all of one level in one call.
    ///
    /// - Parameters:
    ///   - folders: the folders, by the order of the answer.
    ///   - limit: the most entries that anyone will look at; once there are more in all, the folders that follow come
    ///     back empty.
    /// - Returns: for each folder, in the order asked, its entries ordered by the bytes of their names, or why there
    ///   are none.
    /// - Throws: what keeps the tree from answering at all, such as a git that cannot be run.
    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>]

    /// Reads files and hands each to `receive` with its index in `files`, in their order.
    ///
    /// Several calls may run at once.
    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws

    /// Returns what a symbolic link leads to, as it is written there; nil when that cannot be read.
    func target(ofLink link: TreeFile) async throws -> [UInt8]?
}

extension SourceTree {
    /// Reads a link as git keeps it: an object that holds the target.
    public func target(ofLink link: TreeFile) async throws -> [UInt8]? {
        var target: [UInt8]?
        try await read([link]) { _, reading in
            if case .contents(let bytes, _) = reading { target = bytes }
        }
        return target
    }

    /// What suits a tree that starts nothing to read.
    public var filesPerRead: Int { 128 }
}

/// A folder that is to be listed.
public struct TreeFolder: Sendable, Hashable {
    /// Relative to the tree's root; the root is empty.
    public var path: String
    /// The id of the git tree, in a tree that comes from git.
    public var object: String?

    /// Names a folder.
    public init(path: String, object: String? = nil) {
        self.path = path
        self.object = object
    }
}

/// One name in a folder.
public struct TreeEntry: Sendable, Hashable {
    /// The name as UTF-8; a name of other bytes comes repaired, and is not a handle.
    public var name: String
    /// What stands behind the name.
    public var kind: Kind
    /// The id of the git object, in a tree that comes from git.
    public var object: String?

    /// Makes an entry from its parts.
    public init(name: String, kind: Kind, object: String? = nil) {
        self.name = name
        self.kind = kind
        self.object = object
    }

    /// What can stand behind a name.
    public enum Kind: Sendable, Hashable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A symbolic link, to whatever.
        case symbolicLink
        /// A commit of another repository.
        case submodule
        /// A pipe, socket or device.
        case special
    }
}

/// A file that is to be read.
public struct TreeFile: Sendable, Hashable {
    /// The folder, relative to the tree's root; empty for the root.
    public var folder: String
    /// The name in the folder.
    public var name: String
    /// The id of the git blob, in a tree that comes from git.
    public var object: String?
    /// The most bytes that are read.
    public var limit: Int

    /// Names a file.
    public init(folder: String, name: String, object: String? = nil, limit: Int) {
        self.folder = folder
        self.name = name
        self.object = object
        self.limit = limit
    }

    /// The file relative to the tree's root.
    public var path: String { folder.isEmpty ? name : folder + "/" + name }
}

/// What reading a file gave.
public enum FileReading: Sendable {
    /// The bytes, and the modification time in seconds since 1970 where the tree has one.
    case contents([UInt8], modified: Int64?)
    /// More bytes than the limit; none were read.
    case tooLarge
    /// A link, pipe, socket or device took the file's place.
    case notRegular
    /// The file is there and cannot be read.
    case unreadable(TreeFailure)
}

/// Why a folder or file cannot be read.
public struct TreeFailure: Error, Sendable, Hashable {
    /// A POSIX error number; 0 when the cause is none.
    public var code: Int32
    /// The cause in words, such as "permission denied".
    public var reason: String
    /// Whether there is nothing of that name.
    public var isMissing: Bool

    /// Makes a failure from its parts.
    public init(code: Int32, reason: String, isMissing: Bool = false) {
        self.code = code
        self.reason = reason
        self.isMissing = isMissing
    }
}
