import RosterCompiler
import RosterModel

/// `access-widened`: a token may do something with a provider that it could not do before.
enum AccessWidened: TokenRisk {
    static let name = "access-widened"
    static let risk = Risk.critical
    static let summary = "a token may do something with a provider that it could not do before"
    static let explanation = """
        Judged by effect, for every token, action and provider that both sides have, whatever the cause: a \
        policy, another list of policies, a later last day, a lock to a project that is gone, a provider that \
        moved. Ask who holds the token.
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
