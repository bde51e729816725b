import RosterDiagnostics
import RosterModel

/// `missing-secret`: a slug that needs a key, and no `secret`.
enum MissingSecret: Rule {
    static let name = "missing-secret"
    static let severity = Severity.error
    static let summary = "a slug that needs a key, and no `secret`"
    static let explanation = """
        openai, anthropic, google, xai, groq and azure answer nobody without a key. Link a secret of the project; \
        `roster secret set` seals one.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("secret: openai-prod\n", with: ""),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ provider: ProviderDeclaration, _ facts: SlugFacts, _ findings: inout Findings) {
        guard facts.secret == .required, provider.secret.isAbsent else { return }
        findings.report(
            Self.self,
            at: provider.slugKey,
            "\(facts.slug.rawValue) needs a key, and there is no \(quoted("secret"))",
            help: "add secret: <handle of a secret of this project>"
        )
    }
}
