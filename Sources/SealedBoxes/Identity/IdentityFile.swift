import Glibc

/// Reads an identity from a file that nobody else may read.
package enum IdentityFile {
    /// Why a file is no identity.
    package enum Problem: Error, Hashable, Sendable {
        /// A POSIX error number.
        case unreadable(Int32)
        /// Neither a regular file nor a pipe.
        case notAFile
        /// It belongs to this user, who is neither the one who runs the program nor root.
        case owner(UInt32)
        /// Others may read it; its permission bits.
        case permissions(UInt32)
        case tooLong
        case text(Identity.Problem)
    }

    /// Opens a file, judges what was opened, and reads it.
    ///
    /// `isGroupAllowed` is for systemd's credentials, where access is granted by an access list that shows as the
    /// group's.
    package static func read(_ path: String, isGroupAllowed: Bool = false) throws(Problem) -> Identity {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw .unreadable(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFIFO: break
        case S_IFREG:
            guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .owner(status.st_uid) }
            let forbidden: mode_t = isGroupAllowed ? 0o007 : 0o077
            guard status.st_mode & forbidden == 0 else { throw .permissions(status.st_mode & 0o7777) }
        default: throw .notAFile
        }
        let text: SecretBytes
        do {
            text = try SecretInput.read(descriptor, limit: Identity.textLimit)
        } catch {
            switch error {
            case .unreadable(let code): throw .unreadable(code)
            case .tooLong: throw .tooLong
            case .noMemory: throw .text(.noMemory)
            }
        }
        do { return try Identity(text: text) } catch { throw .text(error) }
    }
}
