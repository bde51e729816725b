import Glibc

/// Opens folders of the file system inside a root, component by component and never through a link.
///
/// The parent of the last folder is kept open, since consecutive folders mostly share it.
struct FolderOpener: ~Copyable {
    private let root: String
    private var parent: (path: Substring, descriptor: Int32)?

    init(root: String) { self.root = root }

    deinit { if let parent { close(parent.descriptor) } }

    /// Opens the folder at a path relative to the root; the caller closes the descriptor.
    mutating func open(_ path: String) throws(TreeFailure) -> Int32 {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return try openFromRoot(path[...]) }
        let above = path[..<slash]
        if let parent, parent.path == above {
            return try Self.step(parent.descriptor, path[path.utf8.index(after: slash)...])
        }
        if let parent { close(parent.descriptor) }
        parent = nil
        let descriptor = try openFromRoot(above)
        parent = (above, descriptor)
        return try Self.step(descriptor, path[path.utf8.index(after: slash)...])
    }

    private func openFromRoot(_ path: Substring) throws(TreeFailure) -> Int32 {
        var descriptor = unsafe Glibc.open(root, Self.flags)
        guard descriptor >= 0 else { throw TreeFailure(errno: errno) }
        for part in path.split(separator: "/") {
            let above = descriptor
            defer { close(above) }
            descriptor = try Self.step(above, part)
        }
        return descriptor
    }

    private static func step(_ folder: Int32, _ name: Substring) throws(TreeFailure) -> Int32 {
        let descriptor = unsafe openat(folder, String(name), flags | O_NOFOLLOW)
        guard descriptor >= 0 else { throw TreeFailure(errno: errno) }
        return descriptor
    }

    private static let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
}
