package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `ambient-credentials`: Bedrock with the host's own AWS identity, not requested explicitly or not used alone.
package enum AmbientCredentials: ProviderRule {
    package static let name = "ambient-credentials"
    package static let severity = Severity.error
    package static let summary = "Bedrock with the host's own AWS identity, not requested explicitly or not used alone"
    package static let explanation = """
        Without a secret, requests to Bedrock would be signed with any AWS identity that the machine has. Request this \
        explicitly with `config.auth: ambient`. Neither a `baseUrl` nor a secret is allowed with it, because that \
        identity may be used for AWS's own hosts only.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("provider: openai", with: "provider: bedrock")
            .replacing("secret: openai-prod\n", with: "config:\n  region: eu-central-1\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    package static let passing = RuleExample(
        provider: RuleExample.provider.replacing("provider: openai", with: "provider: bedrock")
            .replacing("secret: openai-prod\n", with: "config:\n  region: eu-central-1\n  auth: ambient\n"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.facts.secret == .orAmbient else { return }
        let (declaration, config) = (provider.declaration, provider.config)
        if case .invalid = declaration.config { return }
        let auth = config?.value("auth", in: tree)
        let isAmbient = config?.text("auth", in: tree) == "ambient"
        guard let auth, isAmbient else {
            guard declaration.secret.isAbsent else { return }
            findings.report(
                Self.self,
                at: auth.map { tree[$0].span } ?? declaration.slugKey,
                "\(provider.facts.slug.rawValue) has no secret, and the host's own AWS identity is not asked for",
                help: "link a secret, or write config.auth: ambient"
            )
            return
        }
        let others = [("baseUrl", declaration.baseURL.isAbsent), ("secret", declaration.secret.isAbsent)]
        for (name, isAbsent) in others where !isAbsent {
            findings.report(
                Self.self,
                at: tree[auth].span,
                "\(quoted("config.auth")) is ambient, and there is also a \(quoted(name))",
                help: "delete one of the two; the host's own AWS identity goes to AWS's own hosts only"
            )
        }
    }
}
