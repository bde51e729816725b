package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `missing-secret`: a slug that needs a key, and no `secret`.
package enum MissingSecret: ProviderRule {
    package static let name = "missing-secret"
    package static let severity = Severity.error
    package static let summary = "a slug that needs a key, and no `secret`"
    package static let explanation = """
        openai, anthropic, google, xai, groq and azure refuse every request without a key. Link a secret of the \
        project; `roster secret set` seals one.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("secret: openai-prod\n", with: ""),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.facts.secret == .required, provider.declaration.secret.isAbsent else { return }
        findings.report(
            Self.self,
            at: provider.declaration.slugKey,
            "\(provider.facts.slug.rawValue) needs a key, and there is no \(quoted("secret"))",
            help: "add secret: <handle of a secret of this project>"
        )
    }
}
