import RosterWorkspace
import SealedBoxes

extension CommandContext {
    /// Generates a key that signs publications, writes its private half to a new file, and prints its public half.
    ///
    /// The output is a part of a trust file, in which text between PEM blocks is a comment.
    func generatePublishingKey(_ file: String) throws {
        let key: SigningPrivateKey
        do { key = try SigningPrivateKey.generate() } catch {
            throw CommandFailure.impossible("cannot create a key: \(error)")
        }
        let writer = identityWriter
        try writer.write(key, to: try writer.path(file, key: key.publicKey.id))
        try standardOutput.write(
            "# Roster publishing key \(key.publicKey.id), created \(today)\n" + key.publicKey.pem
        )
    }
}
