import RosterDiagnostics
import RosterModel

/// `unneeded-secret`: a local ollama with a secret.
enum UnneededSecret: Rule {
    static let name = "unneeded-secret"
    static let severity = Severity.warning
    static let summary = "a local ollama with a secret"
    static let explanation = """
        An Ollama server on this machine or in a private network asks for no key, so the one that is linked is sent \
        where nobody needs it. Delete `secret`.
        """
    static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.ollama("secret: openai-prod\n")),
        (
            "secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "localhost")
        )
    )
    static let passing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.ollama()),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    static func check(
        _ provider: ProviderDeclaration,
        _ endpoint: Endpoint,
        _ facts: SlugFacts,
        _ findings: inout Findings
    ) {
        guard facts.slug == .ollama, endpoint.base.origin.host.isPrivate, let secret = provider.secret.located else {
            return
        }
        findings.report(
            Self.self,
            at: secret.span,
            "an Ollama server at \(endpoint.base.origin.host) needs no key",
            help: "delete the line"
        )
    }
}
