import RosterCompiler
import RosterSemantics

/// `named-in-policy`: a provider's old or new handle is named in a policy.
enum NamedInPolicy: ProviderRisk {
    static let name = "named-in-policy"
    static let risk = Risk.medium
    static let summary = "a provider's old or new handle is named in a policy"
    static let explanation = """
        Policies name providers by handle: those for the old handle no longer apply, and those for the new one \
        now do. Tokens that gain access are reported as access-widened.
        """
    static let example = RiskExample(
        given: [
            RiskExample.withAccess,
            .replace(RiskExample.roster, "acme/*", with: "acme/gpt-4o"),
        ],
        .move(RiskExample.provider, to: "providers/acme/gpt-4o-eu.yaml")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.file.fullName != after.file.fullName else { return nil }
        var names: Set<String> = [before.file.fullName, after.file.fullName]
        if before.file.project != after.file.project {
            names.formUnion([before.file.project + "/*", after.file.project + "/*"])
        }
        return context.isNamedInPolicies(names) ? "a policy names its old or its new handle" : nil
    }
}
