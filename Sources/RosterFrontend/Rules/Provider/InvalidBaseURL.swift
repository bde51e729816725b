package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-base-url`: `baseUrl` is not a plain absolute http or https URL.
package enum InvalidBaseURL: ProviderRule {
    package static let name = "invalid-base-url"
    package static let severity = Severity.error
    package static let summary = "`baseUrl` is not a plain absolute http or https URL"
    package static let explanation = """
        The key is sent to this URL, so every program must read the same scheme, host and port in it. It must be an \
        absolute http or https URL with a host in plain ASCII and an optional path: no user, query or fragment, no \
        backslash, no disguised number such as 0x7f.1, no trailing dot, and an IPv6 address in the form of RFC 5952 in \
        brackets. The path must not contain an empty segment, a segment `.` or `..`, a `;`, or a percent-encoded `/`, \
        `\\`, `.` or `%`, because servers differ in how they resolve these.
        """
    package static let failing = RuleExample(provider: RuleExample.provider(baseURL: "https://user@api.openai.com/v1"))
    package static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard case .failure(let refusal) = provider.baseURL, let text = provider.declaration.baseURL.located,
            let node = provider.nodes.baseURL
        else { return }
        let trimmed = String(text.value.trimmingWhiteSpace)
        if trimmed.utf8.count < text.value.utf8.count, (try? BaseURL(trimmed)) != nil {
            return reportWhiteSpace(text.span, around: PlainText.scalar(trimmed, inPlaceOf: tree[node]), &findings)
        }
        let bytes = Array(text.value.utf8)
        let part = String(decoding: bytes[refusal.bytes], as: UTF8.self)
        let (message, help) = refusal.reason.words(of: quoted("baseUrl"), part: part)
        var replacement: Diagnostic.Replacement?
        if case .host(let reason) = refusal.reason, let host = corrected(reason) {
            let corrected =
                String(decoding: bytes[..<refusal.bytes.lowerBound], as: UTF8.self) + host
                + String(decoding: bytes[refusal.bytes.upperBound...], as: UTF8.self)
            replacement = Diagnostic.Replacement(text: corrected, isSafe: false)
        }
        findings.report(Self.self, at: text.span, message, help: help, replacement: replacement)
    }

    private static func reportWhiteSpace(_ span: ByteSpan, around trimmed: String, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted("baseUrl")) has white space at an end",
            help: "write baseUrl: \(trimmed)",
            replacement: Diagnostic.Replacement(text: trimmed, isSafe: true)
        )
    }

    /// Returns the spelling of a host that is accepted.
    private static func corrected(_ refusal: Host.Refusal) -> String? {
        switch refusal {
        case .notASCII(let punycode): punycode
        case .notCanonicalIPv6(let canonical): canonical.map { "[\($0)]" }
        default: nil
        }
    }
}
