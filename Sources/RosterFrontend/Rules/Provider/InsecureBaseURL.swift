package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `insecure-base-url`: `baseUrl` uses http for a host that is not this machine.
package enum InsecureBaseURL: ProviderRule {
    package static let name = "insecure-base-url"
    package static let severity = Severity.error
    package static let summary = "`baseUrl` uses http for a host that is not this machine"
    package static let explanation = """
        With http, anyone on the network path can read the request and the key in it. Use https. Only loopback \
        addresses may use http. Without a secret this is a warning, because no key can leak.
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
                ? "over http, anyone on the network path to \(origin.host) can read the key"
                : "over http, anyone on the network path to \(origin.host) can read the requests",
            severity: hasSecret ? .error : .warning,
            help: "write https\(baseURL.value.drop { $0 != ":" })"
        )
    }
}
