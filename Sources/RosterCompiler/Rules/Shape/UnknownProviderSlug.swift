import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unknown-provider-slug`: `provider` is not one of the ten slugs.
enum UnknownProviderSlug: Rule {
    static let name = "unknown-provider-slug"
    static let severity = Severity.error
    static let summary = "`provider` is not one of the ten slugs"
    static let explanation = """
        The slug says which service the provider is, and with it the endpoint, the way to authenticate and the shape \
        of requests. There are exactly ten. For a service that speaks OpenAI's protocol and is not among them, use \
        `custom` with a `baseUrl`.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("provider: openai", with: "provider: opnai")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let slugs = ProviderSlug.allCases.map(\.rawValue)
        let text = tree.text(of: node)
        let nearest = NearestName.find(text, among: slugs)
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(text)) is not a provider slug",
            help: "one of \(slugs.joined(separator: ", "))",
            label: nearest.map { "did you mean \(quoted($0))?" },
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: true) }
        )
    }
}
