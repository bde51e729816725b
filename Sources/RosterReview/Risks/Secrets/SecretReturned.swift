import RosterCompiler

/// `secret-returned`: a secret is added whose id is in the base's history, or may be.
enum SecretReturned: SecretRisk {
    static let name = "secret-returned"
    static let risk = Risk.critical
    static let summary = "a secret is added whose id is in the base's history, or may be"
    static let explanation = """
        A file that was deleted is put back, or an old file is copied. Its box opens as it did then, with a key that \
        was taken out of use. Seal a new secret instead. Where the history is not complete, in a shallow clone for \
        example, it cannot be told, and that counts the same: fetch all of it with git fetch --unshallow.
        """
    static let example = RiskExample(
        .add("secrets/acme/returned.yaml", RiskExample.secondSecret)
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard pair.before == nil, let after = pair.after else { return nil }
        if context.returnedSecrets.contains(after.record.id) {
            return "the base's history has a secret of this id, and what was sealed then opens again"
        }
        return context.isHistoryComplete
            ? nil : "it cannot be told whether a secret of this id was here before: the history is not complete"
    }
}
