package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `forbidden-host`: `baseUrl` is a link-local or cloud metadata address.
package enum ForbiddenHost: ProviderRule {
    package static let name = "forbidden-host"
    package static let severity = Severity.error
    package static let summary = "`baseUrl` is a link-local or cloud metadata address"
    package static let explanation = """
        Link-local addresses and the metadata addresses of clouds return the credentials of the machine that requests \
        them; no LLM is available there. A `baseUrl` with such an address makes the machines that use this registry \
        request their own credentials.
        """
    package static let failing = RuleExample(
        provider: RuleExample.ollama("baseUrl: http://169.254.169.254/\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    package static let passing = RuleExample(
        provider: RuleExample.ollama("baseUrl: http://127.0.0.1:11434\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.url != nil, let endpoint = provider.endpoint, endpoint.base.origin.host.isForbidden,
            let baseURL = provider.declaration.baseURL.located
        else { return }
        findings.report(
            Self.self,
            at: baseURL.span,
            "\(endpoint.base.origin.host) is a link-local or metadata address; nothing is ever sent there",
            help: "write the address of the provider"
        )
    }
}
