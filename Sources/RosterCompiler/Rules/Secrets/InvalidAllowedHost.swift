import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-allowed-host`: an entry of `allowedHosts` that names no place, or too many.
enum InvalidAllowedHost: Rule {
    static let name = "invalid-allowed-host"
    static let severity = Severity.error
    static let summary = "an entry of `allowedHosts` that names no place, or too many"
    static let explanation = """
        An entry is a host in lower case, host:port, either with a path prefix /…/, which is written like the path of a \
        `baseUrl` and compared as servers resolve it. A leading *. stands for exactly \
        one label; it is refused before an address and before a suffix under which strangers can register a name, \
        because a key would then go to whoever registers. A warning stands where a wildcard admits every customer of \
        one service.
        """
    static let failing = RuleExample(secret: RuleExample.secret(hosts: "https://api.openai.com"))
    static let passing = RuleExample(secret: RuleExample.secret)

    /// Reads an entry; nil when it is refused, which is reported.
    static func read(_ text: String, earlier: [String], at span: ByteSpan, _ findings: inout Findings) -> AllowedHost? {
        do throws(AllowedHost.Refusal) {
            let host = try AllowedHost(text)
            if earlier.contains(text) {
                findings.report(Self.self, at: span, "\(quoted(text)) stands twice", help: "delete one of the two")
                return nil
            }
            if host.isWildcard, case .name("openai.azure.com") = host.host {
                findings.report(
                    Self.self,
                    at: span,
                    "\(quoted(text)) admits every customer of Azure OpenAI",
                    severity: .warning,
                    help: "name the resource: <resource>.openai.azure.com"
                )
            }
            return host
        } catch {
            let (message, help) = words(for: error, text)
            findings.report(Self.self, at: span, message, help: help)
            return nil
        }
    }

    private static func words(for refusal: AllowedHost.Refusal, _ text: String) -> (String, String?) {
        switch refusal {
        case .scheme: ("\(quoted(text)) has a scheme", "write the host alone, such as api.openai.com")
        case .host(let refusal): (HostWords.message(refusal, of: quoted(text)), HostWords.help(refusal))
        case .notLowercase: ("\(quoted(text)) is not in lower case", "write \(text.lowercased())")
        case .port: ("the port of \(quoted(text)) is none", "a port is a number from 1 to 65535")
        case .path: ("the path of \(quoted(text)) does not end in /", "write \(text)/")
        case .pathReason(let reason): pathWords(for: reason, text)
        case .wildcardPlace: ("the * of \(quoted(text)) does not stand for a label in front", "write *.<name>")
        case .wildcardTooWide: ("\(quoted(text)) is too wide", "*. is followed by at least two labels")
        case .wildcardAddress: ("\(quoted(text)) has *. before an address", "write the address alone")
        case .sharedSuffix(let suffix):
            ("anybody can register a name under \(suffix), and the key would go to them", "name the whole host")
        case .forbidden: ("\(quoted(text)) is a link-local or metadata address; no key is ever sent there", nil)
        }
    }

    private static func pathWords(for reason: BaseURL.Reason, _ text: String) -> (String, String?) {
        let path = "the path of \(quoted(text))"
        return switch reason {
        case .dotSegment: ("\(path) has a segment that is . or ..", "write the path that it resolves to")
        case .emptySegment: ("\(path) has an empty segment", "write one slash instead of two")
        case .traversal, .backslash:
            ("\(path) holds what some servers read as a step to another path", "write the path without ;, \\ and %")
        case .query, .fragment: ("\(path) is followed by a query or a fragment", "delete ? or # and what follows")
        default: ("\(path) holds a character that no path has", "percent-encode it, or delete it")
        }
    }
}
