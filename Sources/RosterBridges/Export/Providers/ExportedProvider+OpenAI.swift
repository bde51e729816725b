import RosterModel

extension ExportedProvider {
    /// The base URL for a client of OpenAI's protocol; nil when the provider has none to which the key may be sent.
    ///
    /// The hosts of every vendor support the protocol, some of them at another path. Other hosts are asked for it only
    /// where the provider's own protocol is OpenAI's.
    var openAIBase: BaseForOpenAI? {
        guard facts.protocolFamily != .openai || slug == .azure else {
            return BaseForOpenAI(origin: endpoint.base.origin, path: endpoint.base.path)
        }
        let isOwn = record.baseURL == nil || facts.isWellKnown("\(endpoint.base.origin.host)") || slug == .ollama
        let path = String(endpoint.base.path.dropLast(endpoint.suffix.count)) + facts.openAIPath.description
        let isSame = path == endpoint.base.path && facts.protocolFamily == .openai
        guard isOwn || isSame || slug == .azure, allows(path: path + "/chat/completions") else { return nil }
        return BaseForOpenAI(origin: endpoint.base.origin, path: path)
    }

    /// The reason for a finding about a provider without ``openAIBase``.
    var reasonWithoutOpenAI: String { "no URL of OpenAI's protocol is known to which its key may be sent" }

    /// Adds a finding if a base URL is not that of the provider's requests.
    func note(_ base: BaseForOpenAI, _ findings: inout [ExportFinding]) {
        guard base.path != endpoint.base.path else { return }
        findings.append(.changed(self, "requests go to \(base.url), in the protocol of OpenAI"))
    }

    /// The headers that a client of OpenAI sends for settings of the provider.
    var openAIHeaders: [(name: String, value: String)] {
        let names = [("OpenAI-Organization", "organization"), ("OpenAI-Project", "project")]
        return names.compactMap { name, key in setting(key).map { (name, $0) } } + headers
    }
}

/// The base URL for a client of OpenAI's protocol.
struct BaseForOpenAI {
    let origin: Origin
    let path: String

    var url: String { "\(origin)\(path)" }
}
