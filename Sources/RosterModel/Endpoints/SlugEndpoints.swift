extension SlugFacts {
    /// Where requests go without a `baseUrl`; nil when the slug has no such place, or `config` makes no host of it.
    public func defaultURL(config: JSONObject?) -> BaseURL? {
        if let regional = regionalEndpoint, let region = config?["region"]?.string {
            return SlugEndpoints.expand(regional, SlugEndpoints.open[slug.position], "region", region)
        }
        guard let endpoint else { return nil }
        if let requiredConfig {
            guard let value = config?[requiredConfig.description]?.string else { return nil }
            return SlugEndpoints.expand(endpoint, SlugEndpoints.open[slug.position], requiredConfig, value)
        }
        if slug == .google, let version = config?["version"]?.string {
            return try? BaseURL(endpoint.description.dropLast(2) + version)
        }
        return SlugEndpoints.fixed[slug.position]
    }
}

extension SlugFacts {
    /// Where the list of models is, when the base is the slug's own and the list is at another host.
    public func modelsURL(config: JSONObject?) -> BaseURL? {
        guard let modelsEndpoint, let requiredConfig, let value = config?[requiredConfig.description]?.string else {
            return nil
        }
        return SlugEndpoints.expand(modelsEndpoint, SlugEndpoints.openModels[slug.position], requiredConfig, value)
    }
}

/// The endpoints of the slug table, each read once: nearly every provider of a registry has one of them.
private enum SlugEndpoints {
    /// Those that are the same for everybody, by the slug's position.
    static let fixed: [BaseURL?] = ProviderSlug.table.map { facts in
        facts.requiredConfig == nil ? facts.endpoint.flatMap { try? BaseURL($0.description) } : nil
    }

    /// A host with one label left open.
    struct OpenHost {
        fileprivate let url: BaseURL
        fileprivate let prefix: String
        fileprivate let suffix: String

        /// Reads a URL with `{name}` in its host; nil when it has none.
        fileprivate init?(_ template: StaticString?) {
            // A label that stands in no host.
            let label: Character = "0"
            guard let template = template?.description, let opening = template.firstIndex(of: "{"),
                let closing = template.firstIndex(of: "}"),
                let url = try? BaseURL(template[..<opening] + "\(label)" + template[template.index(after: closing)...]),
                case .name(let host) = url.origin.host
            else { return nil }
            let parts = host.split(separator: label, omittingEmptySubsequences: false)
            precondition(parts.count == 2, "\(host) has another \(label)")
            self.url = url
            (prefix, suffix) = (String(parts[0]), String(parts[1]))
        }
    }

    /// Those where requests go, by the slug's position.
    static let open = ProviderSlug.table.map { facts in
        OpenHost(facts.requiredConfig == nil ? facts.regionalEndpoint : facts.endpoint)
    }

    /// Those with the list of models, by the slug's position.
    static let openModels = ProviderSlug.table.map { OpenHost($0.modelsEndpoint) }

    /// The template with a value in the place of `{name}`; `host` is its host.
    static func expand(_ template: StaticString, _ host: OpenHost?, _ name: StaticString, _ value: String) -> BaseURL? {
        guard let host, isLabel(value) else {
            return try? BaseURL(Endpoint.expand(template.description, name.description, value))
        }
        var url = host.url
        url.origin.host = .name(host.prefix + value + host.suffix)
        return url
    }

    /// Whether a text is a label of a host name whatever stands around it.
    private static func isLabel(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0.isASCIILetter && $0 & 0x20 != 0 }
    }
}
