import Glibc
import RosterGit
package import RosterModel
import RosterSources
package import SealedBoxes

/// Writes the file of a new identity or private key, readable by its owner alone, and never overwrites one.
package struct IdentityWriter {
    private let currentFolder: String
    /// The user's own folder of identities; nil when there is none.
    private let userFolder: String?
    private let today: CalendarDate

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - currentFolder: the absolute path that given paths are relative to.
    ///   - userFolder: the user's own folder of identities; nil when there is none.
    ///   - today: the day, which the file records.
    package init(below currentFolder: String, userFolder: String?, today: CalendarDate) {
        (self.currentFolder, self.userFolder, self.today) = (currentFolder, userFolder, today)
    }

    /// Returns the path of an identity: the given one, or one in the user's own folder, which is created.
    ///
    /// - Throws: ``WorkspaceFailure`` when there is no such folder, or the path is in a work tree.
    package func path(_ named: String?, key: String) throws(WorkspaceFailure) -> String {
        if let named {
            let path = absolute(named)
            try refuseWorkTree(path)
            return path
        }
        guard let folder = userFolder.map(absolute) else {
            throw WorkspaceFailure(
                .notFound,
                "HOME is not set, so there is no place for the identity",
                help: "name one: -o FILE"
            )
        }
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            unsafe mkdir(made, 0o700)
        }
        return folder + "/" + key
    }

    private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : currentFolder + "/" + path }

    /// Writes an identity to a new file.
    ///
    /// - Throws: ``WorkspaceFailure`` when the file exists or cannot be written.
    package func write(_ identity: borrowing Identity, to path: String) throws(WorkspaceFailure) {
        let descriptor = try Self.create(path, kind: "an identity")
        let head =
            "# Roster identity for \(identity.publicKey.id), created \(today)\n"
            + "# public key: \(identity.publicKey.base64)\n"
        var isWritten = Self.write(Array(head.utf8), to: descriptor)
        if isWritten { isWritten = Self.writeLine(of: identity, to: descriptor) }
        isWritten = isWritten && Self.write([UInt8(ascii: "\n")], to: descriptor)
        try Self.finish(path, descriptor, isWritten)
    }

    /// Writes the PEM text of a private key to a new file.
    ///
    /// - Throws: ``WorkspaceFailure`` when the file exists or cannot be written.
    package func write(_ key: borrowing SigningPrivateKey, to path: String) throws(WorkspaceFailure) {
        let descriptor = try Self.create(path, kind: "a private key")
        var isWritten = false
        do {
            isWritten = try unsafe key.withPEM { unsafe Self.write($0, to: descriptor) }
        } catch { errno = ENOMEM }
        try Self.finish(path, descriptor, isWritten)
    }

    /// Creates a file that only its owner can read.
    private static func create(_ path: String, kind: String) throws(WorkspaceFailure) -> Int32 {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            guard code != EEXIST else {
                let message = "\(path) is there already, and \(kind) is never overwritten: choose another file"
                throw WorkspaceFailure(.unwritable, message)
            }
            throw .cannotWrite(path, errno: code)
        }
        return descriptor
    }

    /// Closes a new file, and deletes it when `errno` has the reason why it is not complete.
    private static func finish(_ path: String, _ descriptor: Int32, _ isWritten: Bool) throws(WorkspaceFailure) {
        let isComplete = isWritten && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isComplete else {
            unsafe unlink(path)
            throw .cannotWrite(path, errno: code)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe write($0, to: descriptor) }
    }

    private static func writeLine(of identity: borrowing Identity, to descriptor: Int32) -> Bool {
        do {
            return try unsafe identity.withLine { unsafe write($0, to: descriptor) }
        } catch {
            errno = ENOMEM
            return false
        }
    }

    /// Writes bytes, and returns whether that worked; `errno` has the reason otherwise.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// Refuses a work tree, in which `git add .` would publish an identity.
    private func refuseWorkTree(_ path: String) throws(WorkspaceFailure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "/"
        guard let real = FilePaths.resolvingLinks(folder) else { throw .cannotWrite(path, errno: errno) }
        guard let topLevel = GitTopLevel(of: real) else { return }
        throw WorkspaceFailure(
            .unwritable,
            "\(path) is in the git work tree \(topLevel.folder), where it could be committed by mistake",
            help: "choose a place outside, or leave -o out"
        )
    }
}

extension WorkspaceFailure {
    /// Describes a file that cannot be written, by a POSIX error number.
    fileprivate static func cannotWrite(_ path: String, errno code: Int32) -> WorkspaceFailure {
        WorkspaceFailure(.unwritable, "cannot write \(path): \(TreeFailure(errno: code).reason)")
    }
}
