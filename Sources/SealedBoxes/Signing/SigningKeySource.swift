import Glibc

/// The places that a private signing key is read from: a file, or else an environment variable.
package enum SigningKeySource {
    /// A variable that holds the PEM text itself; environments leak.
    package static let textVariable = "ROSTER_PUBLISHING_KEY"

    /// The reason why no key is read.
    package enum Problem: Error, Hashable, Sendable {
        /// Neither a file nor the variable is given.
        case noKey
        case file(path: String, SecretFile.Problem)
        /// The text is not a private key; `place` is the path of the file, or the name of the variable.
        case text(place: String, SigningPrivateKey.Problem)
    }

    /// Reads the key of a file, or without one, that of the variable.
    ///
    /// A relative path is resolved against `currentFolder`.
    package static func load(
        file: String?,
        variables: EnvironmentVariables,
        currentFolder: String
    ) throws(Problem) -> SigningPrivateKey {
        guard let file else { return try load(variables) }
        let text: SecretBytes
        do {
            let path = file.hasPrefix("/") ? file : currentFolder + "/" + file
            text = try SecretFile.read(path, limit: SigningPrivateKey.textLimit)
        } catch { throw .file(path: file, error) }
        do { return try SigningPrivateKey(pem: text) } catch { throw .text(place: file, error) }
    }

    /// Copies the variable's text straight into secret memory.
    private static func load(_ variables: EnvironmentVariables) throws(Problem) -> SigningPrivateKey {
        let text = try unsafe variables.withValue(of: textVariable) {
            (value) throws(Problem) -> SecretBytes in
            guard let value = unsafe value else { throw .noKey }
            let length = unsafe strlen(value)
            guard length > 0 else { throw .noKey }
            guard length <= SigningPrivateKey.textLimit else { throw .file(path: textVariable, .tooLong) }
            do {
                return unsafe try SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: length))
            } catch { throw .text(place: textVariable, .noMemory) }
        }
        do { return try SigningPrivateKey(pem: text) } catch { throw .text(place: textVariable, error) }
    }
}
