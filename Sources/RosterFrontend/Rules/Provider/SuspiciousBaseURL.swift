package import RosterDiagnostics
import RosterJSON
import RosterModel
import YAMLSyntax

/// `suspicious-base-url`: requests to `baseUrl` would not reach the provider's operations.
package enum SuspiciousBaseURL: ProviderRule {
    package static let name = "suspicious-base-url"
    package static let severity = Severity.warning
    package static let summary =
        "`baseUrl` contains part of what is appended to it, or is the address of another protocol"
    package static let explanation = """
        The paths of requests are appended to the base URL, for some slugs after a version such as /v1. If the base \
        URL ends in an operation such as /chat/completions, in the first part of one, or in a version and another \
        version is appended, requests go to a path that does not exist. The same happens with the address of another \
        protocol: servers such as Ollama and Gemini support OpenAI's protocol under a separate path, and `custom` is \
        the slug for that path. If the host is the well-known host of another slug, `provider` is probably wrong.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider(baseURL: "https://api.openai.com/v1/chat/completions")
    )
    package static let passing = RuleExample(provider: RuleExample.provider(baseURL: "https://api.openai.com/v1"))

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard let url = provider.url, let endpoint = provider.endpoint, let hostParts = provider.hostParts,
            !endpoint.base.origin.host.isForbidden, let node = provider.nodes.baseURL,
            let baseURL = provider.declaration.baseURL.located
        else { return }
        let address = ProviderAddress(facts: provider.facts, url: url, endpoint: endpoint)
        guard let fault = address.fault else { return }
        let correction = correction(of: address, fault, hostParts)
        let further =
            correction.map { steps(to: $0.address, from: address, provider.declaration, provider.config, in: tree) }
            ?? []
        var replacement: Diagnostic.Replacement?
        if let correction, correction.address.facts.slug == address.facts.slug {
            let text = PlainText.scalar(correction.address.url.description, inPlaceOf: tree[node])
            replacement = Diagnostic.Replacement(text: text, isSafe: correction.isCertain && further.isEmpty)
        }
        findings.report(
            Self.self,
            at: baseURL.span,
            "\(quoted("baseUrl")) \(fault.message)",
            help: correction.map {
                let lines = help($0.address, insteadOf: address, fault.alternative)
                return (further + [lines]).joined(separator: ", and ")
            } ?? "write the address that the paths of requests are appended to",
            replacement: replacement
        )
    }

    /// Follows faults to an address without one, so that the corrected lines leave no second warning.
    private static func correction(
        of address: ProviderAddress,
        _ fault: ProviderAddress.Fault,
        _ config: JSONObject
    ) -> (address: ProviderAddress, isCertain: Bool)? {
        var (address, next, isCertain) = (address, fault, true)
        // Each step shortens the path or changes the slug; a longer chain has no end.
        for _ in 0..<6 {
            guard let moved = address.moved(to: next, config: config) else { return nil }
            address = moved
            isCertain = isCertain && next.isCertain
            guard let another = address.fault else { return (address, isCertain) }
            next = another
        }
        return nil
    }

    private static func help(
        _ corrected: ProviderAddress,
        insteadOf address: ProviderAddress,
        _ alternative: ProviderSlug?
    ) -> String {
        let line = "baseUrl: \(corrected.url)"
        guard corrected.facts.slug == address.facts.slug else {
            return "write provider: \(corrected.facts.name) and \(line)"
        }
        guard let alternative else { return "write \(line)" }
        let own = alternative == .custom ? "OpenAI's protocol" : "\(alternative.facts.title)'s own protocol"
        return "for \(own) use \(alternative.rawValue); otherwise write \(line)"
    }
}

// MARK: - What else has to be changed

extension SuspiciousBaseURL {
    /// Returns what has to be changed besides `provider` and `baseUrl`, so that no warning follows.
    private static func steps(
        to corrected: ProviderAddress,
        from address: ProviderAddress,
        _ provider: ProviderDeclaration,
        _ config: ConfigNodes?,
        in tree: borrowing YAMLTree
    ) -> [String] {
        let facts = corrected.facts
        let isOtherSlug = facts.slug != address.facts.slug
        var steps: [String] = []
        if isOtherSlug, let config {
            let unread = address.facts.settings.map(\.name.description).filter { name in
                config.value(name, in: tree) != nil && !facts.settings.contains { $0.name.description == name }
            }
            if !unread.isEmpty { steps.append("delete \(list(unread)) from config") }
        }
        if let setting = facts.endpointSettings.first, isOtherSlug || setting == .version,
            let inURL = EndpointSetting.value(of: facts.slug, in: corrected.url)
        {
            let text = config?.text(setting.name, in: tree)
            let isMissing = text == nil && facts.slug == .bedrock
            if isMissing || text.map({ $0 != inURL }) == true {
                steps.append(
                    inURL.isEmpty ? "delete \(setting.name) from config" : "write \(setting.name): \(inURL) in config"
                )
            }
        }
        if isOtherSlug, facts.secret != .optional, provider.secret.isAbsent { steps.append("link a secret") }
        return steps
    }
}
