package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources

/// `secret-host-mismatch`: requests would go to an address that the linked secret may not be sent to.
package enum SecretHostMismatch: LinkRule {
    package static let name = "secret-host-mismatch"
    package static let severity = Severity.error
    package static let summary = "requests would go to an address that the linked secret may not be sent to"
    package static let explanation = """
        The `allowedHosts` of a secret list where its key may be sent, and they are sealed into its box, so changing \
        an address does not send the key elsewhere. The provider's scheme, host, port and path, computed from slug, \
        `baseUrl`, `config` and model, must match one of them. If the new address is right, a user who has an identity \
        must re-seal the secret for it.
        """
    package static let failing = RuleExample(provider: RuleExample.provider(baseURL: "https://llm.example.com/v1"))
    package static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(
        _ provider: Shared<ProviderDeclaration>,
        _ secret: Shared<SecretDeclaration>,
        _ index: SecretIndex,
        siblings: [String: Int],
        _ findings: inout Findings
    ) {
        guard let endpoint = provider.value.endpoint, let link = provider.value.secret.located,
            secret.value.allowedHosts != nil
        else {
            return
        }
        // By index: a copy of an entry would retain its parts, and most entries are compared only once.
        let hosts = secret.value.acceptedHosts
        guard !hosts.indices.contains(where: { endpoint.isAdmitted(by: hosts[$0]) }) else { return }
        findings.report(
            Self.self,
            at: .file(provider.value.file, provider.value.baseURL.located?.span ?? link.span),
            "requests go to \(endpoint.chat), where the secret \(quoted(link.value)) may not be sent",
            help: help(provider.value, endpoint, secret.value, index, siblings),
            related: [("its allowed hosts", .file(secret.value.file, secret.value.allowedHosts?.span))]
        )
    }

    /// Returns the secret of the project whose key may go there, or else how to make one or to allow the place.
    private static func help(
        _ provider: ProviderDeclaration,
        _ endpoint: Endpoint,
        _ secret: SecretDeclaration,
        _ index: SecretIndex,
        _ siblings: [String: Int]
    ) -> String {
        let fitting = siblings.filter { _, position in
            position >= 0 && index.secrets[position].value.acceptedHosts.contains(where: endpoint.isAdmitted)
        }
        guard fitting.isEmpty else {
            return "link a secret whose key may go there: secret: \(fitting.keys.sorted()[0])"
        }
        let project = index.listing.project(of: provider.file)
        let origin = endpoint.base.origin.description
        let place = origin.split(separator: "/", maxSplits: 2).last.map(String.init) ?? origin
        let hosts = ((secret.allowedHosts?.value.map(\.text) ?? []) + [place]).map { "--host \($0)" }.joined(
            separator: " "
        )
        return "seal a key for this address: roster secret set \(project)/NAME --for "
            + "\(index.listing.fullName(of: provider.file)); or, if this key belongs there too, allow it: roster secret "
            + "reseal \(index.listing.fullName(of: secret.file)) \(hosts)"
    }
}
