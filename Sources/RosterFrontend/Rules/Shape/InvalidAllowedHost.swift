package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-allowed-host`: an entry of `allowedHosts` that is not a host, or that matches too many hosts.
package enum InvalidAllowedHost: Rule {
    package static let name = "invalid-allowed-host"
    package static let severity = Severity.error
    package static let summary = "an entry of `allowedHosts` that is not a host, or that matches too many hosts"
    package static let explanation = """
        An entry is a host in lower case or host:port, optionally with a path prefix /…/, which is written like the \
        path of a `baseUrl` and compared as servers resolve it. A leading *. matches exactly one label. It is refused \
        before an IP address and before a suffix under which anyone can register a name, because an attacker could \
        register a host and receive the key. A wildcard that matches every customer of one service is a warning.
        """
    package static let failing = RuleExample(secret: RuleExample.secret(hosts: "https://api.openai.com"))
    package static let passing = RuleExample(secret: RuleExample.secret)

    /// Reads an entry; nil when it is refused, which is reported.
    static func read(
        _ text: String,
        earlier: [AllowedHost],
        at span: ByteSpan,
        _ findings: inout Findings
    ) -> AllowedHost? {
        do throws(AllowedHost.Refusal) {
            let host = try AllowedHost(text)
            if earlier.contains(host) {
                findings.report(Self.self, at: span, "\(quoted(text)) appears twice", help: "delete one of the two")
                return nil
            }
            if host.isWildcard, case .name("openai.azure.com") = host.host {
                findings.report(
                    Self.self,
                    at: span,
                    "\(quoted(text)) matches every customer of Azure OpenAI",
                    severity: .warning,
                    help: "name the resource: <resource>.openai.azure.com"
                )
            }
            return host
        } catch {
            let (message, help) = error == .scheme ? words(forURL: text) : error.words(of: text)
            findings.report(Self.self, at: span, message, help: help)
            return nil
        }
    }

    /// Returns the message for a URL; allowed hosts are sealed, so an edit of the file does not help.
    private static func words(forURL text: String) -> (message: String, help: String?) {
        let host = (try? BaseURL(text)).map { $0.origin.description.drop { $0 != "/" }.dropFirst(2) } ?? "<host>"
        return (
            "\(quoted(text)) is a URL, and an allowed host is written without https:// and path",
            "hosts are sealed with the key: restore this line, and change them by roster secret reseal "
                + "<project>/<secret> --host \(host)"
        )
    }
}
