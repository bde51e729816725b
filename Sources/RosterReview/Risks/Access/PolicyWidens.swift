import RosterCompiler
import RosterModel

/// `policy-widens`: a policy changes, and a token that has it may do more.
enum PolicyWidens: PolicyRisk {
    static let name = "policy-widens"
    static let risk = Risk.critical
    static let summary = "a policy changes, and a token that has it may do more"
    static let explanation = """
        The row of the token lists its new rights. A policy without a token grants nothing until a token has it.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, RiskExample.actions, with: "[\"*\"]")
    )

    static func sentence(_ pair: PolicyPair, _ context: ReviewContext) -> String? {
        guard let name = (pair.after ?? pair.before)?.name else { return nil }
        let count = context.access.widenedTokens[name] ?? 0
        return count == 0 ? nil : "\(count == 1 ? "a token that has it" : "\(count) tokens that have it") may do more"
    }
}
