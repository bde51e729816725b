import RosterDiagnostics
import RosterModel

/// `insecure-base-url`: `baseUrl` is http to a host that is not this machine.
enum InsecureBaseURL: Rule {
    static let name = "insecure-base-url"
    static let severity = Severity.error
    static let summary = "`baseUrl` is http to a host that is not this machine"
    static let explanation = """
        Over http everybody on the way can read the request, and the key in it. Use https. Only loopback may be \
        http; without a secret it is a warning, since no key can leak.
        """
    static let failing = RuleExample(provider: RuleExample.provider(baseURL: "http://api.openai.com/v1"))
    static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(_ provider: ProviderDeclaration, _ endpoint: Endpoint, _ findings: inout Findings) {
        let origin = endpoint.base.origin
        guard origin.scheme == .http, !origin.host.isLoopback, let baseURL = provider.baseURL.located else { return }
        let hasSecret = !provider.secret.isAbsent
        findings.report(
            Self.self,
            at: baseURL.span,
            hasSecret
                ? "over http, everybody on the way to \(origin.host) can read the key"
                : "over http, everybody on the way to \(origin.host) can read the requests",
            severity: hasSecret ? .error : .warning,
            help: "write https\(baseURL.value.drop { $0 != ":" })"
        )
    }
}
