package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `missing-base-url`: a slug without an endpoint, and no `baseUrl`.
package enum MissingBaseURL: ProviderRule {
    package static let name = "missing-base-url"
    package static let severity = Severity.error
    package static let summary = "a slug without a default endpoint, and no `baseUrl`"
    package static let explanation = """
        `gateway` and `custom` have no default endpoint, and an `azure` endpoint is named after the resource, so \
        without a `baseUrl` (for azure: or `config.resourceName`) there is no address to send requests to.
        """
    package static let failing = RuleExample(
        provider: RuleExample.ollama().replacing("provider: ollama", with: "provider: custom"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    package static let passing = RuleExample(
        provider: RuleExample.ollama("baseUrl: https://llm.example.com/v1\n")
            .replacing("provider: ollama", with: "provider: custom"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.declaration.baseURL.isAbsent else { return }
        let (facts, config) = (provider.facts, provider.config)
        let needsResource = facts.endpoint != nil && facts.slug == .azure
        if needsResource {
            // A config that was refused may well have held the name.
            if case .invalid = provider.declaration.config { return }
            if let name = config?.value("resourceName", in: tree), !tree.isNull(name) { return }
        } else if facts.endpoint != nil {
            return
        }
        let help =
            needsResource
            ? "write config.resourceName, or a baseUrl such as https://<resource>.openai.azure.com"
            : "add baseUrl: https://…"
        let message = "\(facts.slug.rawValue) has no default endpoint, and there is no \(quoted("baseUrl"))"
        if needsResource,
            let misspelt = UnusedSetting.misspelling(of: "resourceName", facts, config, in: tree)
        {
            misspelt.report(Self.self, "\(message) or \(quoted("config.resourceName"))", in: tree, &findings)
            return
        }
        findings.report(Self.self, at: provider.declaration.slugKey, message, help: help)
    }
}
