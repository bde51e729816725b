package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unknown-provider-slug`: `provider` is not one of the ten slugs.
package enum UnknownProviderSlug: Rule {
    package static let name = "unknown-provider-slug"
    package static let severity = Severity.error
    package static let summary = "`provider` is not one of the ten slugs"
    package static let explanation = """
        The slug selects the service, and with it the endpoint, the authentication and the format of requests. There \
        are exactly ten slugs. Gemini is `google`, Claude is `anthropic`. For another service or local server that \
        supports OpenAI's protocol, such as Mistral or vLLM, use `custom` with its `baseUrl`; for LiteLLM and other \
        gateways use `gateway`. For a known vendor, the message contains its URL.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("provider: openai", with: "provider: opnai")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func report(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let text = tree.text(of: node)
        let advice = SlugAdvice(text)
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(text)) is not a provider slug",
            help: advice.help,
            label: advice.slug.map { "did you mean \(quoted($0.rawValue))?" },
            replacement: advice.slug.map { Diagnostic.Replacement(text: $0.rawValue, isSafe: advice.isCertain) }
        )
    }
}
