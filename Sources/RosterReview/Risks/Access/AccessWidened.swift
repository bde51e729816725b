import RosterCompiler
import RosterModel

/// `access-widened`: a token may do something with a provider that it could not do before.
enum AccessWidened: TokenRisk {
    static let name = "access-widened"
    static let risk = Risk.critical
    static let summary = "a token may do something with a provider that it could not do before"
    static let explanation = """
        Evaluated by effect, for every token, action and provider that both sides have, independently of the \
        cause: a policy, a different list of policies, a later expiry date, a removed lock to a project, a \
        provider that moved. Ask who holds the token.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, RiskExample.actions, with: "[\"aiProviders:*\"]")
    )

    static func sentence(_ pair: TokenPair, _ context: ReviewContext) -> String? {
        guard let token = pair.after ?? pair.before, let wider = context.access.widened[token.id.description] else {
            return nil
        }
        return "it may \(wider.isOnlyOfTime ? "for longer" : "now") \(wider.words)"
    }
}
