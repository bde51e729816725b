import RosterCompiler
import RosterModel

/// `token-hash-changed`: a token's hash changes.
enum TokenHashChanged: TokenRisk {
    static let name = "token-hash-changed"
    static let risk = Risk.critical
    static let summary = "a token's hash changes"
    static let explanation = """
        A different text becomes the token, and the author of the change may know it. To replace a token, create \
        a new one with a new id.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, "hash: 5d0c8b7a", with: "hash: aaaa8b7a")
    )

    static func sentence(_ pair: TokenPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.hash != after.hash else { return nil }
        return "it has a new value"
    }
}
