import RosterModel
package import RosterSemantics
package import SealedBoxes

extension SecretOpener {
    /// Creates an opener of several secrets.
    ///
    /// - Throws: ``SealingFailure`` when there is no memory.
    package static func make() throws(SealingFailure) -> SecretOpener {
        do { return try SecretOpener() } catch { throw SealingFailure(.noMemory, "") }
    }

    /// Opens a secret and compares the contents of its box with its file.
    ///
    /// - Throws: ``SealingFailure``, with the claims in the box when they differ.
    package mutating func verify(
        _ secret: PartialRegistry.Outline.Secret,
        with ring: borrowing IdentityRing
    ) throws(SealingFailure) {
        do throws(Failure) {
            try verify(
                secret.claims,
                fingerprint: secret.fingerprint.description,
                boxes: secret.sealedBoxes,
                with: ring
            )
        } catch { throw SealingFailure(error, secret, &self, ring) }
    }
}
