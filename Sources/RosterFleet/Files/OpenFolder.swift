import Glibc
import Synchronization

/// A folder by its descriptor, in which files are read with a limit and replaced as a whole.
final class OpenFolder: Sendable {
    private let descriptor: Int32

    /// Opens a folder; with a mode, a missing one is created first.
    init(_ path: String, creating mode: mode_t? = nil) throws(FileProblem) {
        if let mode, unsafe mkdir(path, mode) != 0, errno != EEXIST { throw FileProblem(errno: errno) }
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
    }

    deinit { close(descriptor) }

    /// Locks the folder until this object is released; returns false when another process has the lock.
    func lock() throws(FileProblem) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileProblem(errno: errno) }
            return false
        }
        return true
    }

    /// Reads a file of at most a number of bytes; nil when there is none.
    func read(_ name: String, limit: Int) throws(FileProblem) -> [UInt8]? {
        let file: ReadFile
        do { file = try ReadFile(name, in: descriptor) } catch {
            guard error.isMissing else { throw error }
            return nil
        }
        return try file.whole(limit: limit)
    }

    /// Creates a file that has a temporary name until it is complete.
    func create(_ name: String, mode: mode_t) throws(FileProblem) -> NewFile {
        try NewFile(name, in: descriptor, mode: mode)
    }

    /// Replaces a file as a whole; ``sync()`` makes its name durable.
    func replace(_ name: String, by bytes: [UInt8], mode: mode_t) throws(FileProblem) {
        let file = try create(name, mode: mode)
        try file.write(bytes)
        try file.finish()
    }

    /// Removes a file; one that does not exist is not an error.
    func remove(_ name: String) throws(FileProblem) {
        guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw FileProblem(errno: errno) }
    }

    /// Makes the names of the files durable.
    func sync() throws(FileProblem) {
        guard fsync(descriptor) == 0 else { throw FileProblem(errno: errno) }
    }

    /// Returns the names of the entries.
    func names() throws(FileProblem) -> [String] {
        let listed = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard listed >= 0 else { throw FileProblem(errno: errno) }
        guard let stream = unsafe fdopendir(listed) else {
            let code = errno
            close(listed)
            throw FileProblem(errno: code)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
