import Glibc

/// Writes a file so that a reader sees the old one or the new one, never a part.
enum AtomicFile {
    /// Writes `bytes` to a path, in the folder that it names.
    static func write(_ bytes: [UInt8], toPath path: String) throws {
        let slash = path.lastIndex(of: "/")
        let folderPath = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty else { throw CommandFailure.usage("\(path) names a folder, not a file") }
        let folder = unsafe open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw CommandFailure.cannotWrite(path, errno: errno) }
        defer { close(folder) }
        try write(bytes, to: name, in: folder, path: path)
    }

    /// Writes a new file beside `name`, syncs it, and renames it over `name`, whose mode it gets.
    static func write(_ bytes: [UInt8], to name: String, in folder: Int32, path: String) throws {
        var status = stat()
        var mode: mode_t = 0o666
        var hasMode = false
        if unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw CommandFailure.impossible("\(path) is no regular file", help: "name another place")
            }
            (mode, hasMode) = (status.st_mode & 0o7777, true)
        }
        let temporary = ".\(name.prefix(100)).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        let descriptor = unsafe openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path, errno: errno) }
        do {
            defer { close(descriptor) }
            if hasMode, fchmod(descriptor, mode) != 0 { throw CommandFailure.cannotWrite(path, errno: errno) }
            try OutputStream(descriptor: descriptor).write(bytes)
            guard fsync(descriptor) == 0 else { throw CommandFailure.cannotWrite(path, errno: errno) }
            guard unsafe renameat(folder, temporary, folder, name) == 0 else {
                throw CommandFailure.cannotWrite(path, errno: errno)
            }
            fsync(folder)
        } catch {
            unsafe unlinkat(folder, temporary, 0)
            throw error
        }
    }
}
