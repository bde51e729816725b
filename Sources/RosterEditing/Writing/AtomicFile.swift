import Glibc
import RosterCompiler

/// Writes a file so that a reader sees the old one or the new one, never a part.
package enum AtomicFile {
    /// Writes `bytes` to a path, in the folder that it names.
    package static func write(_ bytes: [UInt8], toPath path: String) throws(EditFailure) {
        try write([bytes], toPath: path)
    }

    /// Writes pieces, one behind the other, to a path, in the folder that it names.
    package static func write(_ pieces: [[UInt8]], toPath path: String) throws(EditFailure) {
        let slash = path.lastIndex(of: "/")
        let folderPath = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty else { throw EditFailure(.invalid, "\(path) names a folder, not a file") }
        let folder = unsafe open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
        defer { close(folder) }
        try write(pieces, to: name, in: folder, path: path)
    }

    /// Writes a new file beside `name`, syncs it, and gives it that name.
    ///
    /// It gets the mode of the file that it replaces. With `isNew` there must be none of that name, even when another
    /// program makes one at this moment.
    static func write(
        _ pieces: [[UInt8]],
        to name: String,
        in folder: Int32,
        path: String,
        isNew: Bool = false,
        mode wanted: mode_t? = nil
    ) throws(EditFailure) {
        var status = stat()
        var mode = wanted
        if unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            guard !isNew else { throw EditFailure(.exists, "\(path) is there already") }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw EditFailure(.unwritable, "\(path) is no regular file", help: "name another place")
            }
            mode = status.st_mode & 0o7777
        }
        let temporary = ".\(name.prefix(100)).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe openat(folder, temporary, flags, mode ?? 0o666)
        guard descriptor >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
        do throws(EditFailure) {
            try fill(descriptor, pieces, mode: mode, path: path)
            try rename(temporary, to: name, in: folder, path: path, isNew: isNew)
        } catch {
            unsafe unlinkat(folder, temporary, 0)
            throw error
        }
        fsync(folder)
    }

    /// Takes the descriptor over.
    private static func fill(
        _ descriptor: Int32,
        _ pieces: [[UInt8]],
        mode: mode_t?,
        path: String
    ) throws(EditFailure) {
        defer { close(descriptor) }
        if let mode, fchmod(descriptor, mode) != 0 { throw EditFailure.cannotWrite(path, errno: errno) }
        for piece in pieces { try put(piece, into: descriptor, path: path) }
        guard fsync(descriptor) == 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
    }

    private static func put(_ bytes: [UInt8], into descriptor: Int32, path: String) throws(EditFailure) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
            written += count
        }
    }

    private static func rename(
        _ temporary: String,
        to name: String,
        in folder: Int32,
        path: String,
        isNew: Bool
    ) throws(EditFailure) {
        if isNew {
            // Unlike a rename, a link never takes the place of what is there.
            if unsafe linkat(folder, temporary, folder, name, 0) == 0 {
                unsafe unlinkat(folder, temporary, 0)
                return
            }
            guard errno != EEXIST else { throw EditFailure(.exists, "\(path) is there already") }
            // Not every file system has links; there the look before has to do.
        }
        guard unsafe renameat(folder, temporary, folder, name) == 0 else {
            throw EditFailure.cannotWrite(path, errno: errno)
        }
    }
}

extension EditFailure {
    static func cannotWrite(_ what: String, errno code: Int32) -> EditFailure {
        EditFailure(.unwritable, "cannot write \(what): \(TreeFailure(errno: code).reason)")
    }

    static func cannotRead(_ what: String, errno code: Int32) -> EditFailure {
        EditFailure(.unreadable, "cannot read \(what): \(TreeFailure(errno: code).reason)")
    }
}
