package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `missing-config`: a slug that needs a key under `config`, and the key is missing.
package enum MissingConfig: ProviderRule {
    package static let name = "missing-config"
    package static let severity = Severity.error
    package static let summary = "a slug that needs a key under `config`, and the key is missing"
    package static let explanation = """
        A Bedrock endpoint belongs to a region, and requests are signed for that region, so `config.region` is \
        required.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.provider.replacing("provider: openai", with: "provider: bedrock")),
        ("secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "bedrock-runtime.eu-central-1.amazonaws.com"))
    )
    package static let passing = RuleExample(
        (
            "providers/acme/gpt-4o.yaml",
            RuleExample.provider.replacing("provider: openai", with: "provider: bedrock")
                + "config:\n  region: eu-central-1\n"
        ),
        ("secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "bedrock-runtime.eu-central-1.amazonaws.com"))
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let (facts, config) = (provider.facts, provider.config)
        // Azure's endpoint can also be a baseUrl: `missing-base-url` reports its absence.
        guard facts.slug != .azure, let name = facts.requiredConfig?.description else { return }
        if case .invalid = provider.declaration.config { return }
        if let value = config?.value(name, in: tree), !tree.isNull(value) { return }
        let message = "\(facts.slug.rawValue) needs \(quoted("config.\(name)"))"
        if let misspelt = UnusedSetting.misspelling(of: name, facts, config, in: tree) {
            misspelt.report(
                Self.self,
                "\(message), and does not read \(quoted(tree.text(of: misspelt.key)))",
                in: tree,
                &findings
            )
            return
        }
        findings.report(
            Self.self,
            at: provider.declaration.slugKey,
            message,
            help: "add config: {\(name): …}, such as eu-central-1"
        )
    }
}
