import RosterPublication
import SealedBoxes

/// A key that signs publications of a test.
final class TestKey {
    let key: SigningPrivateKey

    init() throws { key = try SigningPrivateKey.generate() }

    var publicKey: SigningPublicKey { key.publicKey }
}
