import SealedBoxes

/// A user of etcd, whose password is read again whenever etcd requires a new token.
package struct EtcdCredentials: Sendable {
    /// The maximum number of bytes of a file with a password.
    package static let passwordLimit = 1024

    package let user: String
    /// Returns the current password.
    package let password: @Sendable () throws(SourceProblem) -> String

    package init(user: String, password: @escaping @Sendable () throws(SourceProblem) -> String) {
        (self.user, self.password) = (user, password)
    }

    /// Creates the credentials of a user whose password is the first line of a file that other users cannot read.
    package init(user: String, passwordFile path: String) {
        self.init(user: user) { () throws(SourceProblem) -> String in try Self.read(path) }
    }

    private static func read(_ path: String) throws(SourceProblem) -> String {
        let secret: SecretBytes
        do { secret = try SecretFile.read(path, limit: passwordLimit, isGroupAllowed: true) } catch {
            throw SourceProblem(
                .unauthorized,
                "the file with the password of etcd \(path) \(error.predicate(isGroupAllowed: true))"
            )
        }
        let bytes = unsafe secret.withBytes { bytes in unsafe Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D }) }
        guard !bytes.isEmpty, let password = String(validating: bytes, as: UTF8.self) else {
            throw SourceProblem(
                .unauthorized,
                "the file with the password of etcd \(path) has no text in its first line"
            )
        }
        return password
    }
}
