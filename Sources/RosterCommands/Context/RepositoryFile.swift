import Glibc

/// A file of the working tree that is read and then replaced as a whole, or not at all.
///
/// No part of the path is followed through a link.
struct RepositoryFile: ~Copyable {
    /// What the file held when it was read.
    let bytes: [UInt8]
    private let folder: Int32
    private let name: String
    private let path: String

    private init(bytes: [UInt8], folder: Int32, name: String, path: String) {
        self.bytes = bytes
        self.folder = folder
        self.name = name
        self.path = path
    }

    /// Opens and reads a file by its path below `root`.
    static func open(_ path: String, in root: String) throws -> RepositoryFile {
        let parts = path.split(separator: "/").map(String.init)
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        var folder = unsafe Glibc.open(root, flags)
        for part in parts.dropLast() where folder >= 0 {
            let next = unsafe openat(folder, part, flags | O_NOFOLLOW)
            close(folder)
            folder = next
        }
        guard folder >= 0, let name = parts.last else { throw CommandFailure.cannotRead(path, errno: errno) }
        do {
            let bytes = try read(name, in: folder, path: path)
            return RepositoryFile(bytes: bytes, folder: folder, name: name, path: path)
        } catch {
            close(folder)
            throw error
        }
    }

    /// Opens and reads a file by its path, absolute or relative to the current folder.
    static func open(_ path: String) throws -> RepositoryFile {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return try open(slash.map { String(path[path.index(after: $0)...]) } ?? path, in: folder)
    }

    deinit { close(folder) }

    /// Puts new bytes in the file's place, atomically and with its mode.
    ///
    /// - Throws: ``CommandFailure`` with exit code 3 when it cannot be written, or changed since it was read.
    func replace(with new: [UInt8]) throws {
        guard try Self.read(name, in: folder, path: path) == bytes else {
            throw CommandFailure.impossible("\(path) changed while it was being edited", help: "try again")
        }
        try AtomicFile.write(new, to: name, in: folder, path: path)
    }

    private static func read(_ name: String, in folder: Int32, path: String) throws -> [UInt8] {
        let descriptor = unsafe openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure.cannotRead(path, errno: errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure.cannotRead(path, errno: errno)
            }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
