/// A repository's files at one moment: the working tree, a git revision, or memory.
///
/// Paths are relative to the folder of `roster.yaml`, with `/` between their parts; the root is the empty path. A tree
/// never follows a link and never leaves its folder.
public protocol SourceTree: Sendable {
    /// The number of files that a call of ``read(_:receive:)`` should get: large enough to amortize the cost of the call,
    /// small enough to balance the work of several threads.
    var filesPerRead: Int { get }

    /// Lists folders; a caller passes all folders of a level in one call.
    ///
    /// - Parameters:
    ///   - folders: The folders.
    ///   - limit: The largest number of entries that the caller uses; once the total exceeds it, the remaining folders
    ///     may be returned as empty.
    /// - Returns: For each folder, in the order of `folders`, its entries ordered by the bytes of their names, or the
    ///   failure.
    /// - Throws: An error that affects the tree as a whole, such as a git that cannot be started.
    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>]

    /// Reads files and passes each to `receive` with its index in `files`, in order.
    ///
    /// Several calls may run concurrently.
    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws

    /// Returns the target of a symbolic link as it is stored in the link; nil when it cannot be read.
    func target(ofLink link: TreeFile) async throws -> [UInt8]?
}

extension SourceTree {
    /// Reads a link as git stores it: an object that contains the target.
    public func target(ofLink link: TreeFile) async throws -> [UInt8]? {
        var target: [UInt8]?
        try await read([link]) { _, reading in
            if case .contents(let bytes, _) = reading { target = bytes }
        }
        return target
    }

    /// The default, for a tree that starts no process to read.
    public var filesPerRead: Int { 128 }
}

/// A folder to list.
public struct TreeFolder: Sendable, Hashable {
    /// The path relative to the tree's root; the root is empty.
    public var path: String
    /// The id of the git tree, in a tree that comes from git.
    public var object: String?

    /// Creates a folder.
    public init(path: String, object: String? = nil) {
        self.path = path
        self.object = object
    }
}

/// A name in a folder.
public struct TreeEntry: Sendable, Hashable {
    /// The name as UTF-8; a name of other bytes is repaired, and is then not a handle.
    public var name: String
    /// The kind of the named object.
    public var kind: Kind
    /// The id of the git object, in a tree that comes from git.
    public var object: String?

    /// Creates an entry.
    public init(name: String, kind: Kind, object: String? = nil) {
        self.name = name
        self.kind = kind
        self.object = object
    }

    /// The kind of an object in a tree.
    public enum Kind: Sendable, Hashable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A symbolic link.
        case symbolicLink
        /// A commit of another repository.
        case submodule
        /// A pipe, socket or device.
        case special
    }
}

/// A file to read.
public struct TreeFile: Sendable, Hashable {
    /// The folder, relative to the tree's root; empty for the root.
    public var folder: String
    /// The name in the folder.
    public var name: String
    /// The id of the git blob, in a tree that comes from git.
    public var object: String?
    /// The largest size that is read, in bytes.
    public var limit: Int

    /// Creates a file.
    public init(folder: String, name: String, object: String? = nil, limit: Int) {
        self.folder = folder
        self.name = name
        self.object = object
        self.limit = limit
    }

    /// The path relative to the tree's root.
    public var path: String { folder.isEmpty ? name : folder + "/" + name }
}

/// The result of reading a file.
public enum FileReading: Sendable {
    /// The bytes, and the modification time in seconds since 1970 where the tree has one.
    case contents([UInt8], modified: Int64?)
    /// The file exceeds the limit and was not read.
    case tooLarge
    /// The path leads to a link, pipe, socket or device.
    case notRegular
    /// The file cannot be read.
    case unreadable(TreeFailure)
}

/// The reason a folder or file cannot be read.
public struct TreeFailure: Error, Sendable, Hashable {
    /// A POSIX error number; 0 for another cause.
    public var code: Int32
    /// The cause as text, such as "permission denied".
    public var reason: String
    /// A Boolean value that indicates whether the path does not exist.
    public var isMissing: Bool

    /// Creates a failure.
    public init(code: Int32, reason: String, isMissing: Bool = false) {
        self.code = code
        self.reason = reason
        self.isMissing = isMissing
    }
}
