import RosterCompiler

/// `secret-deleted`: a secret is deleted.
enum SecretDeleted: SecretRisk {
    static let name = "secret-deleted"
    static let risk = Risk.high
    static let summary = "a secret is deleted"
    static let explanation = """
        The key stays valid at its provider until somebody revokes it there, and history stays readable to every \
        identity that could open it.
        """
    static let example = RiskExample(
        given: [.add("secrets/acme/old.yaml", RiskExample.secondSecret)],
        .delete("secrets/acme/old.yaml")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        pair.after == nil ? "its key can no longer be used from here, and is not revoked by that" : nil
    }
}
