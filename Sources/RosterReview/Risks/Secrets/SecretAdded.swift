import RosterCompiler

/// `secret-added`: a secret is added.
enum SecretAdded: SecretRisk {
    static let name = "secret-added"
    static let risk = Risk.medium
    static let summary = "a secret is added"
    static let explanation = """
        Providers of the project can link a new key.
        """
    static let example = RiskExample(
        .add("secrets/acme/second.yaml", RiskExample.secondSecret)
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        pair.before == nil ? "it is new" : nil
    }
}
