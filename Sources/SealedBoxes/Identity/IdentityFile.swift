/// Reads an identity from a file that other users cannot read.
package enum IdentityFile {
    /// The reason why a file is not an identity.
    package enum Problem: Error, Hashable, Sendable {
        /// A POSIX error number.
        case unreadable(Int32)
        /// Neither a regular file nor a pipe.
        case notAFile
        /// It belongs to this user, which is neither the current user nor root.
        case owner(UInt32)
        /// Other users can read it; its permission bits.
        case permissions(UInt32)
        /// A named pipe that no program opened for writing within this many seconds.
        case noWriter(seconds: Int)
        case tooLong
        case text(Identity.Problem)
    }

    /// Reads an identity from a file that ``SecretFile`` accepts.
    ///
    /// `isGroupAllowed` is for systemd's credentials, where access is granted by an access list that shows as the
    /// group's. `writerDeadline` is the longest wait for a writer of a named pipe, in seconds.
    package static func read(
        _ path: String,
        isGroupAllowed: Bool = false,
        writerDeadline: Int = SecretFile.writerDeadline
    ) throws(Problem) -> Identity {
        let text: SecretBytes
        do {
            text = try SecretFile.read(
                path,
                limit: Identity.textLimit,
                isGroupAllowed: isGroupAllowed,
                writerDeadline: writerDeadline
            )
        } catch { throw Problem(error) }
        do { return try Identity(text: text) } catch { throw .text(error) }
    }
}

extension IdentityFile.Problem {
    fileprivate init(_ problem: SecretFile.Problem) {
        switch problem {
        case .unreadable(let code): self = .unreadable(code)
        case .notAFile: self = .notAFile
        case .owner(let user): self = .owner(user)
        case .permissions(let bits): self = .permissions(bits)
        case .noWriter(let seconds): self = .noWriter(seconds: seconds)
        case .tooLong: self = .tooLong
        case .noMemory: self = .text(.noMemory)
        }
    }
}
