public import RosterJSON

extension SlugFacts {
    /// Returns the slug's own base URL, or nil when it has none or a value of `config` is not valid in it.
    public func defaultURL(config: JSONObject?) -> BaseURL? {
        var url: BaseURL
        if let setting = EndpointSetting(of: slug), let value = config?[setting.name]?.string {
            guard setting.matches(value), let own = SlugEndpoints.open[slug.position]?.url(value) else { return nil }
            url = own
        } else {
            guard requiredConfig == nil, let fixed = SlugEndpoints.fixed[slug.position] else { return nil }
            url = fixed
        }
        if let version = pathVersion(config: config) {
            guard version.setting.matches(version.value) else { return nil }
            url.path = suffix(version)
        }
        return url
    }

    /// The base URL of the list of models, when the base is the slug's own and the list is at another host.
    func modelsURL(config: JSONObject?) -> BaseURL? {
        guard modelsEndpoint != nil, let setting = EndpointSetting(of: slug), let value = config?[setting.name]?.string,
            setting.matches(value)
        else { return nil }
        return SlugEndpoints.openModels[slug.position]?.url(value)
    }
}

/// The endpoints of the slug table, each parsed once: almost every provider of a registry has one of them.
private enum SlugEndpoints {
    /// The constant endpoints, by the slug's position.
    static let fixed: [BaseURL?] = ProviderSlug.table.map { facts in
        facts.requiredConfig == nil ? facts.endpoint.flatMap { try? BaseURL($0.description) } : nil
    }

    /// A URL with one variable label in its host.
    struct OpenHost {
        fileprivate let url: BaseURL
        fileprivate let prefix: String
        fileprivate let suffix: String

        /// Parses a URL with `{name}` in its host; returns nil without it, and when the rest of the host has a `0`.
        fileprivate init?(_ template: StaticString?) {
            // A label that no host has.
            let label: Character = "0"
            guard let template = template?.description, let opening = template.firstIndex(of: "{"),
                let closing = template.firstIndex(of: "}"),
                let url = try? BaseURL(template[..<opening] + "\(label)" + template[template.index(after: closing)...]),
                case .name(let host) = url.origin.host
            else { return nil }
            let parts = host.split(separator: label, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            self.url = url
            (prefix, suffix) = (String(parts[0]), String(parts[1]))
        }

        /// Returns the URL with a label instead of `{name}`.
        func url(_ label: String) -> BaseURL {
            var url = url
            url.origin.host = .name(prefix + label + suffix)
            return url
        }
    }

    /// The templates of requests, by the slug's position.
    static let open = ProviderSlug.table.map { facts in
        OpenHost(facts.requiredConfig == nil ? facts.regionalEndpoint : facts.endpoint)
    }

    /// The templates of the list of models, by the slug's position.
    static let openModels = ProviderSlug.table.map { OpenHost($0.modelsEndpoint) }
}
