import RosterCompiler
import RosterSemantics

/// `key-replaced`: the fingerprint changes: a different key.
enum KeyReplaced: SecretRisk {
    static let name = "key-replaced"
    static let risk = Risk.high
    static let summary = "the fingerprint changes: a different key"
    static let explanation = """
        The key is replaced. A sealed box has no sender, so anyone who can write here can insert a key of a \
        different account, to read requests or to cause costs. Ask the owner of the account whether they rotated \
        it.
        """
    static let example = RiskExample(
        .replace(RiskExample.secret, "generation: 1", with: "generation: 2"),
        .replace(RiskExample.secret, "0f1e2d3c", with: "a1b2c3d4"),
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.record.fingerprint != after.record.fingerprint else { return nil }
        return "the key is replaced by a different key"
    }
}
