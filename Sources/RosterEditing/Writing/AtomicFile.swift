import Glibc
import RosterCompiler
import RosterModel
import RosterSources

/// A temporary file that replaces a file atomically once it is complete.
///
/// If the file system supports it, the file has no name until then, so that nothing remains if the program is killed.
package struct AtomicFile: ~Copyable {
    private let folder: Int32
    /// A Boolean value that indicates whether the folder's descriptor is closed with the file.
    private let ownsFolder: Bool
    private let name: String
    private let temporary: String
    private let descriptor: Int32
    /// The path for messages.
    private let path: String
    private let isNew: Bool
    /// A Boolean value that indicates whether ``temporary`` is the name of the file.
    private var isNamed: Bool

    /// Creates a file at a path.
    ///
    /// `shown` is the path for messages, if it differs. With `isPrivate`, only the user can read the file, from its
    /// creation on, and a file that others can read is not replaced.
    package init(path: String, shownAs shown: String? = nil, isPrivate: Bool = false) throws(EditFailure) {
        let (path, filePath) = (shown ?? path, path)
        let slash = filePath.lastIndex(of: "/")
        let folderPath = slash.map { $0 == filePath.startIndex ? "/" : String(filePath[..<$0]) } ?? "."
        let name = slash.map { String(filePath[filePath.index(after: $0)...]) } ?? filePath
        guard !name.isEmpty else { throw EditFailure(.invalid, "\(path) names a folder, not a file") }
        let folder = unsafe open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
        do throws(EditFailure) {
            try self.init(name, in: folder, ownsFolder: true, path: path, isPrivate: isPrivate)
        } catch {
            close(folder)
            throw error
        }
    }

    /// Creates a file with a name in an open folder.
    ///
    /// It gets the mode of the file that it replaces. With `isNew`, finishing fails if a file with this name exists,
    /// even if another program creates it in the meantime.
    private init(
        _ name: String,
        in folder: Int32,
        ownsFolder: Bool = false,
        path: String,
        isNew: Bool = false,
        isPrivate: Bool = false,
        mode wanted: mode_t? = nil
    ) throws(EditFailure) {
        var status = stat()
        var mode = isPrivate ? 0o600 : wanted
        if unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            guard !isNew else { throw EditFailure(.exists, "\(path) is there already") }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw EditFailure(.unwritable, "\(path) is not a regular file", help: "use a different path")
            }
            if !isPrivate { mode = status.st_mode & 0o7777 }
            guard !isPrivate || status.st_mode & 0o077 == 0 else {
                throw EditFailure(
                    .unwritable,
                    "\(path) can be read or changed by other users",
                    help: "let only its owner read it: chmod 600 \(ShellArgument.quoted(path))"
                )
            }
        }
        let temporary = ".\(name.prefix(100)).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        var descriptor = Self.openNameless(in: folder, mode: mode ?? 0o666)
        let isNamed = descriptor < 0
        if isNamed {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            descriptor = unsafe openat(folder, temporary, flags, mode ?? 0o666)
        }
        guard descriptor >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
        if let mode, fchmod(descriptor, mode) != 0 {
            let failure = EditFailure.cannotWrite(path, errno: errno)
            close(descriptor)
            if isNamed { unsafe unlinkat(folder, temporary, 0) }
            throw failure
        }
        (self.folder, self.ownsFolder, self.name, self.path) = (folder, ownsFolder, name, path)
        (self.temporary, self.descriptor, self.isNew, self.isNamed) = (temporary, descriptor, isNew, isNamed)
    }

    /// Opens an unnamed file; returns a negative number if that is not supported.
    private static func openNameless(in folder: Int32, mode: mode_t) -> Int32 {
        guard unsafe access("/proc/self/fd", X_OK) == 0 else { return -1 }
        // O_TMPFILE, a macro that is not imported: https://man7.org/linux/man-pages/man2/open.2.html
        return unsafe openat(folder, ".", O_WRONLY | 0o20_000_000 | O_DIRECTORY | O_CLOEXEC, mode)
    }

    deinit {
        close(descriptor)
        if isNamed { unsafe unlinkat(folder, temporary, 0) }
        if ownsFolder { close(folder) }
    }

    /// Writes a complete file with a name in an open folder.
    static func write(
        _ bytes: [UInt8],
        to name: String,
        in folder: Int32,
        path: String,
        isNew: Bool = false,
        mode: mode_t? = nil
    ) throws(EditFailure) {
        var file = try AtomicFile(name, in: folder, path: path, isNew: isNew, mode: mode)
        try file.write(bytes)
        try file.finish()
    }

    /// Appends bytes.
    package mutating func write(_ bytes: [UInt8]) throws(EditFailure) {
        try unsafe bytes.span.withUnsafeBytes { (bytes) throws(EditFailure) in try unsafe write(bytes) }
    }

    /// Appends bytes in memory, without a copy of them.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(EditFailure) {
        var written = 0
        while written < bytes.count {
            let count = unsafe Glibc.write(
                descriptor,
                bytes.baseAddress.map { unsafe $0 + written },
                bytes.count - written
            )
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
            written += count
        }
    }

    /// Syncs the file and moves it to its path.
    package consuming func finish() throws(EditFailure) {
        guard fsync(descriptor) == 0 else { throw EditFailure.cannotWrite(path, errno: errno) }
        if !isNamed {
            let way = "/proc/self/fd/\(descriptor)"
            guard unsafe linkat(AT_FDCWD, way, folder, temporary, AT_SYMLINK_FOLLOW) == 0 else {
                throw EditFailure.cannotWrite(path, errno: errno)
            }
            isNamed = true
        }
        try rename()
        isNamed = false
        fsync(folder)
    }

    private func rename() throws(EditFailure) {
        if isNew {
            // Unlike a rename, a link never replaces an existing file.
            if unsafe linkat(folder, temporary, folder, name, 0) == 0 {
                unsafe unlinkat(folder, temporary, 0)
                return
            }
            guard errno != EEXIST else { throw EditFailure(.exists, "\(path) is there already") }
            // Not every file system supports links; the check before has to suffice then.
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
