import RosterCompiler

/// `secret-deleted`: a secret is deleted.
enum SecretDeleted: SecretRisk {
    static let name = "secret-deleted"
    static let risk = Risk.high
    static let summary = "a secret is deleted"
    static let explanation = """
        The key stays valid until it is revoked at its provider, and every identity that could open it can still \
        open the history.
        """
    static let example = RiskExample(
        given: [.add("secrets/acme/old.yaml", RiskExample.secondSecret)],
        .delete("secrets/acme/old.yaml")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        pair.after == nil ? "its key can no longer be used from here, and is not revoked" : nil
    }
}
