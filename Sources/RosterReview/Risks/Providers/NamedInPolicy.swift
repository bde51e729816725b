import RosterCompiler

/// `named-in-policy`: a provider gets another handle that a policy names, or had one.
enum NamedInPolicy: ProviderRisk {
    static let name = "named-in-policy"
    static let risk = Risk.medium
    static let summary = "a provider gets another handle that a policy names, or had one"
    static let explanation = """
        Policies name providers by handle: what they said of the old one they no longer say, and what they said \
        of the new one they now do. Who may do more by it is reported as access-widened.
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
