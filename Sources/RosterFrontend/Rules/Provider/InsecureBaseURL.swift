package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `insecure-base-url`: `baseUrl` is http to a host that is not this machine.
package enum InsecureBaseURL: ProviderRule {
    package static let name = "insecure-base-url"
    package static let severity = Severity.error
    package static let summary = "`baseUrl` is http to a host that is not this machine"
    package static let explanation = """
        Over http everybody on the way can read the request, and the key in it. Use https. Only loopback may be \
        http; without a secret it is a warning, since no key can leak.
        """
    package static let failing = RuleExample(provider: RuleExample.provider(baseURL: "http://api.openai.com/v1"))
    package static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard provider.url != nil, let origin = provider.endpoint?.base.origin, !origin.host.isForbidden,
            origin.scheme == .http, !origin.host.isLoopback, let baseURL = provider.declaration.baseURL.located
        else { return }
        let hasSecret = !provider.declaration.secret.isAbsent
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
