import RosterDiagnostics
import RosterModel

/// `forbidden-host`: `baseUrl` is a link-local or cloud metadata address.
enum ForbiddenHost: Rule {
    static let name = "forbidden-host"
    static let severity = Severity.error
    static let summary = "`baseUrl` is a link-local or cloud metadata address"
    static let explanation = """
        Link-local addresses and the metadata addresses of clouds hand out the credentials of the machine that asks; \
        no LLM is there. Whoever writes one makes the machines that use this registry attack themselves.
        """
    static let failing = RuleExample(
        provider: RuleExample.ollama("baseUrl: http://169.254.169.254/\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    static let passing = RuleExample(
        provider: RuleExample.ollama("baseUrl: http://127.0.0.1:11434\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    /// Whether the endpoint is forbidden, which is reported.
    static func check(_ provider: ProviderDeclaration, _ endpoint: Endpoint, _ findings: inout Findings) -> Bool {
        guard endpoint.base.origin.host.isForbidden, let baseURL = provider.baseURL.located else { return false }
        findings.report(
            Self.self,
            at: baseURL.span,
            "\(endpoint.base.origin.host) is a link-local or metadata address; nothing is ever sent there",
            help: "give the address of the provider"
        )
        return true
    }
}
