import RosterCompiler

/// `key-replaced`: a new fingerprint: another key.
enum KeyReplaced: SecretRisk {
    static let name = "key-replaced"
    static let risk = Risk.high
    static let summary = "a new fingerprint: another key"
    static let explanation = """
        The key is replaced. The box has no sender, so anybody who can write here can have put in a key of \
        their own, to read along or to run up a bill. Ask whoever holds the account whether they rotated it.
        """
    static let example = RiskExample(
        .replace(RiskExample.secret, "generation: 1", with: "generation: 2"),
        .replace(RiskExample.secret, "0f1e2d3c", with: "a1b2c3d4"),
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.record.fingerprint != after.record.fingerprint else { return nil }
        return "the key is replaced by another one"
    }
}
