import RosterCompiler
import RosterFrontend

/// `access-widened-by-move`: a token may do more with a provider because it moved.
enum AccessWidenedByMove: ProviderRisk {
    static let name = "access-widened-by-move"
    static let risk = Risk.critical
    static let summary = "a token may do more with a provider because it moved"
    static let explanation = """
        roster.yaml is unchanged, and still a token gained access, because policies match handles. Use a handle \
        that they do not match, or confirm that the access is intended.
        """
    static let example = RiskExample(
        given: [
            RiskExample.withAccess,
            .replace(RiskExample.roster, "acme/*", with: "acme/open"),
            .add("providers/acme/open.yaml", RuleExample.ollama()),
        ],
        .move("providers/acme/open.yaml", to: "providers/acme/closed.yaml"),
        .move(RiskExample.provider, to: "providers/acme/open.yaml")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let after = pair.after, context.access.widenedByMove.contains(after.file.fullName) else { return nil }
        return "under its new handle a token may do more with it than before"
    }
}
