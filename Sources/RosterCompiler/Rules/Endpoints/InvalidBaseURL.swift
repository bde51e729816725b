import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-base-url`: `baseUrl` is not a plain absolute http or https URL.
enum InvalidBaseURL: Rule {
    static let name = "invalid-base-url"
    static let severity = Severity.error
    static let summary = "`baseUrl` is not a plain absolute http or https URL"
    static let explanation = """
        A key follows this URL, so every program must read the same scheme, host and port in it. It is an absolute \
        http or https URL with a host in plain ASCII and an optional path: no user, query or fragment, no backslash, \
        no number in disguise such as 0x7f.1, no trailing dot, and an IPv6 address in the form of RFC 5952 in \
        brackets. The path has no empty segment, no `.` or `..`, no `;`, and none of `/`, `\\`, `.` and `%` \
        percent-encoded, since servers differ in what they resolve these to.
        """
    static let failing = RuleExample(provider: RuleExample.provider(baseURL: "https://user@api.openai.com/v1"))
    static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    /// Reads a `baseUrl`; nil when there is none or it is refused, which is reported.
    static func read(
        _ baseURL: Optionally<String>,
        _ node: YAMLNodeIndex?,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> BaseURL? {
        guard let text = baseURL.located, let node else { return nil }
        do throws(BaseURL.Refusal) {
            return try BaseURL(text.value)
        } catch {
            let trimmed = String(text.value.trimmingWhiteSpace)
            if trimmed.utf8.count < text.value.utf8.count, (try? BaseURL(trimmed)) != nil {
                reportWhiteSpace(text.span, around: PlainText.scalar(trimmed, inPlaceOf: tree[node]), &findings)
                return nil
            }
            let bytes = Array(text.value.utf8)[error.bytes]
            let part = String(decoding: bytes, as: UTF8.self)
            let (message, help) = error.reason.words(of: quoted("baseUrl"), part: part)
            var replacement: Diagnostic.Replacement?
            if case .host(let refusal) = error.reason, let host = mended(refusal) {
                let bytes = Array(text.value.utf8)
                let mended =
                    String(decoding: bytes[..<error.bytes.lowerBound], as: UTF8.self) + host
                    + String(decoding: bytes[error.bytes.upperBound...], as: UTF8.self)
                replacement = Diagnostic.Replacement(text: mended, isSafe: false)
            }
            findings.report(Self.self, at: text.span, message, help: help, replacement: replacement)
            return nil
        }
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

    private static func mended(_ refusal: Host.Refusal) -> String? {
        switch refusal {
        case .notASCII(let punycode): punycode
        case .notCanonicalIPv6(let canonical): canonical.map { "[\($0)]" }
        default: nil
        }
    }
}
