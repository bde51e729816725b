import RosterCompiler

/// `secret-returned`: a secret is added whose id stood in the base's history.
enum SecretReturned: SecretRisk {
    static let name = "secret-returned"
    static let risk = Risk.critical
    static let summary = "a secret is added whose id stood in the base's history"
    static let explanation = """
        A file that was deleted is put back. Its box opens as it did then, with a key that was taken out of use. \
        Seal a new secret instead.
        """
    static let example = RiskExample(
        .add("secrets/acme/returned.yaml", RiskExample.secondSecret)
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard pair.before == nil, let after = pair.after,
            context.returnedSecrets?.contains(after.record.id) == true
        else { return nil }
        return "a secret of this id stood here once, and what was sealed then opens again"
    }
}
