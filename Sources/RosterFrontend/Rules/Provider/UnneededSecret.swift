package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unneeded-secret`: a local ollama with a secret.
package enum UnneededSecret: ProviderRule {
    package static let name = "unneeded-secret"
    package static let severity = Severity.warning
    package static let summary = "a local ollama with a secret"
    package static let explanation = """
        An Ollama server on this machine or in a private network does not need a key, so the key of the linked secret \
        is sent without any use. Delete `secret`.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.ollama("secret: openai-prod\n")),
        (
            "secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "localhost")
        )
    )
    package static let passing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.ollama()),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.facts.slug == .ollama, let endpoint = provider.endpoint, endpoint.base.origin.host.isPrivate,
            let secret = provider.declaration.secret.located
        else { return }
        findings.report(
            Self.self,
            at: secret.span,
            "an Ollama server at \(endpoint.base.origin.host) needs no key",
            help: "delete the line"
        )
    }
}
