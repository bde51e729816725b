import RosterCompiler

/// `access-widened-by-move`: somebody may do more with a provider because it moved.
enum AccessWidenedByMove: ProviderRisk {
    static let name = "access-widened-by-move"
    static let risk = Risk.critical
    static let summary = "somebody may do more with a provider because it moved"
    static let explanation = """
        Nothing was changed in roster.yaml, and still a token came to be allowed what it was not: policies go by \
        handles. Move it under a handle that they do not match, or say that it is meant.
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
