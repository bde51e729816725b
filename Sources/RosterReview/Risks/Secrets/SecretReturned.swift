import RosterCompiler
import RosterSemantics

/// `secret-returned`: a secret is added whose id is, or may be, in the base's history.
enum SecretReturned: SecretRisk {
    static let name = "secret-returned"
    static let risk = Risk.critical
    static let summary = "a secret is added whose id is, or may be, in the base's history"
    static let explanation = """
        A deleted file is restored, or an old file is copied. Its box still opens, with a key that was taken out \
        of use. Seal a new secret instead. If the history is incomplete, as in a shallow clone, the same risk \
        applies: fetch all of it with git fetch --unshallow.
        """
    static let example = RiskExample(
        .add("secrets/acme/returned.yaml", RiskExample.secondSecret)
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard pair.before == nil, let after = pair.after else { return nil }
        if context.returnedSecrets.contains(after.record.id) {
            return "the base's history has a secret with this id, and its old value opens again"
        }
        return context.isHistoryComplete
            ? nil : "a secret with this id may have existed before: the history is incomplete"
    }
}
