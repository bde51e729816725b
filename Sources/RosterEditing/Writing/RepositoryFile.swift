import Glibc
package import RosterBytes
import RosterSemantics
import SealedBoxes

/// A file's folder and name relative to a root, opened without following symbolic links.
package struct RepositoryFile: ~Copyable {
    let folder: Int32
    let name: String
    let path: String

    /// Opens the folder of a path relative to `root`; with `makingFolders`, missing folders are created.
    ///
    /// Errors contain the displayed path, if it differs.
    package init(
        _ path: String,
        in root: String,
        makingFolders: Bool = false,
        shownAs shown: String? = nil
    ) throws(EditFailure) {
        let parts = path.split(separator: "/").map(String.init)
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        var folder = unsafe open(root, flags)
        for part in parts.dropLast() where folder >= 0 {
            if makingFolders, unsafe mkdirat(folder, part, 0o777) != 0, errno != EEXIST {
                let code = errno
                close(folder)
                throw .cannotWrite(shown ?? path, errno: code)
            }
            let next = unsafe openat(folder, part, flags | O_NOFOLLOW)
            let code = errno
            close(folder)
            errno = code
            folder = next
        }
        let path = shown ?? path
        guard folder >= 0, let name = parts.last else {
            throw errno == ELOOP || errno == ENOTDIR
                ? EditFailure(
                    .unwritable,
                    "\(path) leads through a link or a file",
                    help: "see what is wrong: roster check"
                )
                : makingFolders ? .cannotWrite(path, errno: errno) : .cannotRead(path, errno: errno)
        }
        self.folder = folder
        self.name = name
        self.path = path
    }

    deinit { close(folder) }

    /// The contents of the file.
    package static func bytes(at path: String, in root: String) throws(EditFailure) -> [UInt8] {
        try RepositoryFile(path, in: root).read().bytes
    }

    /// Returns the contents of a file by its path, absolute or relative to the current folder.
    ///
    /// `shown` is the path for messages, if it differs.
    package static func bytes(atPath path: String, shownAs shown: String? = nil) throws(EditFailure) -> [UInt8] {
        let (folder, name) = split(path)
        return try RepositoryFile(name, in: folder, shownAs: shown ?? path).read().bytes
    }

    /// Returns the contents of the file and its mode.
    func read() throws(EditFailure) -> (bytes: [UInt8], mode: mode_t) {
        let (descriptor, mode) = try openRegular()
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        try forEachPiece(of: descriptor) { bytes += $0 }
        return (bytes, mode)
    }

    /// Returns the contents of a file by its path; nil when it has more bytes than a limit.
    package static func bytes(atPath path: String, shownAs shown: String, limit: Int) throws(EditFailure) -> [UInt8]? {
        let (folder, name) = split(path)
        guard !name.isEmpty else { throw EditFailure.cannotRead(shown, errno: shown.isEmpty ? ENOENT : EISDIR) }
        return try RepositoryFile(name, in: folder, shownAs: shown).read(limit: limit)
    }

    /// Returns the contents of the file; nil when it has more bytes than a limit.
    package func read(limit: Int) throws(EditFailure) -> [UInt8]? {
        let (descriptor, _) = try openRegular()
        defer { close(descriptor) }
        var status = stat()
        // A file can have a hole that takes hours to read.
        if unsafe fstat(descriptor, &status) == 0, status.st_size > limit { return nil }
        var bytes: [UInt8] = []
        var size = 0
        try forEachPiece(of: descriptor) { piece in
            size += piece.count
            if size <= limit { bytes += piece }
        }
        return size > limit ? nil : bytes
    }

    /// Opens the file for the caller to close, and returns its mode.
    private func openRegular() throws(EditFailure) -> (descriptor: Int32, mode: mode_t) {
        let descriptor = unsafe openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP
                ? EditFailure(.unwritable, "\(path) is a symbolic link", help: "replace it by the file")
                : .cannotRead(path, errno: errno)
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw EditFailure(.unreadable, "\(path) is not a regular file")
        }
        return (descriptor, status.st_mode & 0o7777)
    }

    private func forEachPiece(of descriptor: Int32, _ body: (ArraySlice<UInt8>) -> Void) throws(EditFailure) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw EditFailure.cannotRead(path, errno: errno) }
            guard count > 0 else { return }
            body(buffer[..<count])
        }
    }
}

extension RepositoryFile {
    /// The beginning of a file that may be larger.
    package enum Contents {
        case bytes([UInt8])
        /// The file has more bytes than the limit.
        case tooLarge(size: Int, sha256: Digest)
    }

    /// Reads a file by its path, and keeps at most `limit` bytes.
    ///
    /// `shown` is the path as messages name it, when that differs.
    package static func contents(
        atPath path: String,
        shownAs shown: String? = nil,
        limit: Int
    ) throws(EditFailure) -> Contents {
        let (folder, name) = split(path)
        let shown = shown ?? path
        guard !name.isEmpty else { throw EditFailure.cannotRead(shown, errno: shown.isEmpty ? ENOENT : EISDIR) }
        let file = try RepositoryFile(name, in: folder, shownAs: shown)
        let (descriptor, _) = try file.openRegular()
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var size = 0
        var hash = SHA256()
        try file.forEachPiece(of: descriptor) { piece in
            size += piece.count
            hash.update(Array(piece).span)
            if size <= limit { bytes += piece }
        }
        return size > limit ? .tooLarge(size: size, sha256: hash.finish()) : .bytes(bytes)
    }

    /// Returns the folder and the name of a path, absolute or relative to the current folder.
    private static func split(_ path: String) -> (folder: String, name: String) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return (folder, slash.map { String(path[path.index(after: $0)...]) } ?? path)
    }
}
