import RosterCompiler
import RosterModel

/// `access-narrowed`: a token may no longer do something with a provider.
enum AccessNarrowed: TokenRisk {
    static let name = "access-narrowed"
    static let risk = Risk.medium
    static let summary = "a token may no longer do something with a provider"
    static let explanation = """
        Evaluated by effect, like access-widened. Programs that use the token get an error for this provider.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, RiskExample.actions, with: "[aiProviders:ListAiProviders]")
    )

    static func sentence(_ pair: TokenPair, _ context: ReviewContext) -> String? {
        guard let token = pair.after ?? pair.before, let narrower = context.access.narrowed[token.id.description] else {
            return nil
        }
        return "it may \(narrower.isOnlyOfTime ? "for a shorter time" : "no longer") \(narrower.words)"
    }
}
