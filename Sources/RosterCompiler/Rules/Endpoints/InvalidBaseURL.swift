import RosterDiagnostics
import RosterModel

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

    /// Reads a `baseUrl`; nil when there is none or it is refused, which is reported at the part that is to blame.
    static func read(_ baseURL: Optionally<String>, _ findings: inout Findings) -> BaseURL? {
        guard let text = baseURL.located else { return nil }
        do throws(BaseURL.Refusal) {
            return try BaseURL(text.value)
        } catch {
            let bytes = Array(text.value.utf8)[error.bytes]
            let (message, help) = words(for: error.reason, String(decoding: bytes, as: UTF8.self))
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

    private static func mended(_ refusal: Host.Refusal) -> String? {
        switch refusal {
        case .notASCII(let punycode): punycode
        case .notCanonicalIPv6(let canonical): canonical.map { "[\($0)]" }
        default: nil
        }
    }

    private static func words(for reason: BaseURL.Reason, _ part: String) -> (message: String, help: String?) {
        switch reason {
        case .notAbsolute: ("\(quoted("baseUrl")) is no absolute URL", "write https://<host>/<path>")
        case .scheme: ("\(quoted("baseUrl")) must start with https:// or http://", nil)
        case .character: ("\(quoted("baseUrl")) holds a character that no URL has", "percent-encode it, or delete it")
        case .backslash:
            ("\(quoted("baseUrl")) holds a backslash", "write / instead; some programs read a backslash as one")
        case .userInfo:
            (
                "\(quoted("baseUrl")) holds a user name or password",
                "delete what stands before @; a key belongs into a secret"
            )
        case .query: ("\(quoted("baseUrl")) has a query", "delete ? and what follows")
        case .fragment: ("\(quoted("baseUrl")) has a fragment", "delete # and what follows")
        case .percentInHost: ("the host of \(quoted("baseUrl")) holds a percent sign", "write the host in plain ASCII")
        case .port:
            (
                "in \(quoted("baseUrl")) the host's colon is followed by no port",
                "a port is a number from 1 to 65535, without leading zeros"
            )
        case .dotSegment:
            ("the path of \(quoted("baseUrl")) has a segment that is . or ..", "write the path that it resolves to")
        case .emptySegment: ("the path of \(quoted("baseUrl")) has an empty segment", "write one slash instead of two")
        case .traversal:
            (
                "\(quoted("baseUrl")) holds \(quoted(part)), which some servers read as a step to another path",
                "write the path without it"
            )
        case .percentEncoding: ("a percent sign in \(quoted("baseUrl")) is not followed by two hex digits", nil)
        case .host(let refusal): (HostWords.message(refusal, of: quoted("baseUrl")), HostWords.help(refusal))
        }
    }
}
