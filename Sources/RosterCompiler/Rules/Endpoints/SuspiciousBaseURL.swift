import RosterDiagnostics
import RosterModel

/// `suspicious-base-url`: `baseUrl` ends in an operation, doubles a version, or is another slug's host.
enum SuspiciousBaseURL: Rule {
    static let name = "suspicious-base-url"
    static let severity = Severity.warning
    static let summary = "`baseUrl` ends in an operation, doubles a version, or is another slug's host"
    static let explanation = """
        A base URL is what the paths of requests are appended to. One that ends in /chat/completions or the like, or \
        in which /v1 comes out twice, sends requests to a place that does not exist; one that is the well-known host \
        of another slug most likely has the wrong `provider`.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider(baseURL: "https://api.openai.com/v1/chat/completions")
    )
    static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(
        _ provider: ProviderDeclaration,
        _ url: BaseURL,
        _ endpoint: Endpoint,
        _ facts: SlugFacts,
        _ findings: inout Findings
    ) {
        guard let baseURL = provider.baseURL.located else { return }
        if let operation = operations.first(where: { $0.isSuffix(of: url.path) }) {
            let help = "end the URL before \(operation); it is appended to it"
            findings.report(Self.self, at: baseURL.span, "\(quoted("baseUrl")) ends in an operation", help: help)
            return
        }
        if let doubled = doubledSegment(of: endpoint.base.path) {
            let help = "\(facts.suffix) is appended to a baseUrl that does not end in it"
            let message = "requests would go to \(endpoint.base.path), where \(quoted(doubled)) stands twice"
            findings.report(Self.self, at: baseURL.span, message, help: facts.suffix.description.isEmpty ? nil : help)
            return
        }
        guard case .name(let host) = url.origin.host,
            let owner = ProviderSlug.owner(ofHost: host), owner != facts.slug, !facts.isWellKnown(host)
        else { return }
        findings.report(
            Self.self,
            at: baseURL.span,
            "\(host) is the host of \(quoted(owner.rawValue)), and this is \(quoted(facts.slug.rawValue))",
            help: "write provider: \(owner.rawValue), or another baseUrl"
        )
    }

    /// A part of the path that stands twice and is never meant to.
    private static func doubledSegment(of path: String) -> String? {
        guard path.utf8.count > "/v1".utf8.count else { return nil }
        let segments = path.utf8.split(separator: UInt8(ascii: "/"))
        return ["v1", "openai"].first { word in segments.count { $0.elementsEqual(word.utf8) } > 1 }
    }

    private static let operations: [StaticString] = [
        "/chat/completions", "/completions", "/v1/messages", "/messages", "/responses", "/embeddings", "/models",
        "/api/chat", "/api/generate", "/api/tags", ":generateContent", "/converse", "/invoke",
    ]
}
