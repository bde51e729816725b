import RosterJSON
import RosterModel
import YAMLSyntax

extension InvalidValue {
    /// Checks the keys of `config` that Roster itself uses.
    ///
    /// - Returns: those that become part of a URL; nil when one of them cannot be used.
    static func readHostParts(
        _ provider: ProviderDeclaration,
        _ facts: SlugFacts,
        _ config: ConfigNodes?,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONObject? {
        if case .invalid = provider.config { return nil }
        guard let config else { return JSONObject([]) }
        var parts: [JSONObject.Member] = []
        var areUsable = true
        for setting in facts.endpointSettings {
            guard let node = config.value(setting.name, in: tree), !tree.isNull(node) else { continue }
            guard let text = read(setting, node, config, in: tree, &findings) else {
                areUsable = false
                continue
            }
            parts.append(JSONObject.Member(name: setting.name, value: .string(text)))
        }
        for header in facts.configuredHeaders { check(header, config, in: tree, &findings) }
        if facts.sendsConfiguredHeaders, let headers = config.value("headers", in: tree) {
            checkHeaders(headers, in: tree, &findings)
        }
        return areUsable ? JSONObject(parts) : nil
    }

    /// Reads a setting; nil when it is not a text that can be part of a URL, which was reported.
    private static func read(
        _ setting: EndpointSetting,
        _ node: YAMLNodeIndex,
        _ config: ConfigNodes,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> String? {
        // A date is text, as elsewhere in `config`, although readers of YAML 1.1 have a type for it.
        let isText = setting == .apiVersion && config.text(setting.name, in: tree) != nil
        guard isText || Value.check(node, .text(maximum: 63), name: "config.\(setting.name)", in: tree, &findings)
        else {
            return nil
        }
        let text = tree.text(of: node)
        guard !setting.matches(text) else { return text }
        let message = "\(quoted(text)) is not a \(setting.title)"
        findings.report(Self.self, at: tree[node].span, message, help: help(for: setting, text))
        return nil
    }

    /// Returns the name in the URL of a resource, or how the setting is written.
    private static func help(for setting: EndpointSetting, _ text: String) -> String {
        guard setting == .resourceName, let url = try? BaseURL(text), case .name(let host) = url.origin.host,
            let name = host.split(separator: ".").first, setting.matches(String(name))
        else { return setting.help }
        return "write the name of the resource alone: resourceName: \(name)"
    }

    /// Reports a model that some server would resolve to another path.
    static func reportModel(_ model: Located<String>, _ refusal: PathTraversal.Refusal, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: model.span,
            "\(quoted("defaultModel")) \(refusal.words)",
            help: "it is part of the path of requests: write the model's own name, such as gemini-3.8-flash"
        )
    }

    /// Reports a setting that is sent as a header and cannot be.
    private static func check(
        _ header: ConfiguredHeader,
        _ config: ConfigNodes,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let name = header.config.description
        guard let node = config.value(name, in: tree), !tree.isNull(node), tree[node].isScalar else { return }
        let text = tree.text(of: node)
        guard text.isEmpty || !text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return }
        let problem = text.isEmpty ? "is empty" : "is not visible ASCII without spaces"
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted("config.\(name)")) \(problem)",
            help: "it is sent as the header \(header.name); write its value, or remove it"
        )
    }

    private static func checkHeaders(
        _ headers: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        guard !tree.isNull(headers),
            Value.check(headers, .freeMapping, name: "config.headers", in: tree, &findings)
        else { return }
        tree.forEachEntry(of: headers) { key, value in
            guard tree[key].isScalar else { return }
            let name = tree.text(of: key)
            // Names of keys are refused by `plaintext-key`.
            guard !KeyName.isKeyName(name) else { return }
            if let why = HeaderName.refusal(of: name) {
                findings.report(Self.self, at: tree[key].span, "the header \(quoted(name)) \(why)")
            } else if Value.check(value, .text(maximum: 8192), name: name, in: tree, &findings),
                !tree.text(of: value).utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            {
                let message = "the value of the header \(quoted(name)) is not visible ASCII"
                findings.report(Self.self, at: tree[value].span, message)
            }
        }
    }
}

extension EndpointSetting {
    fileprivate var title: String {
        switch self {
        case .region: "region"
        case .resourceName: "resource name"
        case .version: "version"
        case .apiVersion: "version of an API"
        }
    }

    fileprivate var help: String {
        switch self {
        case .region: "a region is written like eu-central-1"
        case .resourceName: "a resource name has 1 to 63 of a-z, 0-9 and hyphens, and no hyphen at an end"
        case .version: "a version is written like v1 or v1beta"
        case .apiVersion: "a version of Azure's API is written like 2024-10-21 or 2025-03-01-preview"
        }
    }
}
