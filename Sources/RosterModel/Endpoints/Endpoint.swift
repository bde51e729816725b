/// Where a provider's requests go, once slug, `baseUrl` and `config` are put together.
public struct Endpoint: Hashable, Sendable {
    /// The origin, and the path that every request's path starts with.
    public var base: BaseURL
    private let slug: ProviderSlug
    private let model: String

    /// The path of a chat request.
    public var chatPath: String {
        base.path + Self.expand(slug.facts.chatPath.description, "model", Self.percentEncodedSegment(model))
    }

    /// Works out where a provider's requests go; nil when its slug has no endpoint and none is given, or when what
    /// `config` says makes no host.
    ///
    /// - Parameters:
    ///   - slug: the provider's slug.
    ///   - baseURL: the provider's `baseUrl`, read.
    ///   - config: the provider's `config`.
    ///   - model: the model of the request.
    public init?(slug: ProviderSlug, baseURL: BaseURL?, config: JSONObject?, model: String) {
        let facts = slug.facts
        if let baseURL {
            base = baseURL
            base.path = Self.appending(facts, to: baseURL.path)
        } else {
            guard let url = facts.defaultURL(config: config) else { return nil }
            base = url
        }
        self.slug = slug
        self.model = model
    }

    private static func appending(_ facts: SlugFacts, to path: String) -> String {
        let suffix = facts.suffix.description
        if suffix.isEmpty || path.hasSuffix(suffix) { return path }
        // Google has more than one version: any of them at the end is the user's own choice.
        if facts.slug == .google, let last = path.split(separator: "/").last, last.hasPrefix("v1") { return path }
        return path + suffix
    }

    private static func percentEncodedSegment(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// Puts `value` in the place of `{name}`.
    static func expand(_ template: String, _ name: String, _ value: String) -> String {
        guard let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}"),
            template[template.index(after: open)..<close] == name
        else { return template }
        return template[..<open] + value + template[template.index(after: close)...]
    }
}

extension SlugFacts {
    /// Where requests go without a `baseUrl`; nil when the slug has no such place, or `config` makes no host of it.
    public func defaultURL(config: JSONObject?) -> BaseURL? {
        if let regional = regionalEndpoint, let region = config?["region"]?.string {
            return SlugEndpoints.expand(regional, at: slug, "region", region)
        }
        guard let endpoint else { return nil }
        if let requiredConfig {
            guard let value = config?[requiredConfig.description]?.string else { return nil }
            return SlugEndpoints.expand(endpoint, at: slug, requiredConfig, value)
        }
        if slug == .google, let version = config?["version"]?.string {
            return try? BaseURL(endpoint.description.dropLast(2) + version)
        }
        return SlugEndpoints.fixed[slug.position]
    }
}

/// The endpoints of the slug table, each read once: nearly every provider of a registry has one of them.
private enum SlugEndpoints {
    /// Those that are the same for everybody, by the slug's position.
    static let fixed: [BaseURL?] = ProviderSlug.table.map { facts in
        facts.requiredConfig == nil ? facts.endpoint.flatMap { try? BaseURL($0.description) } : nil
    }

    /// A host with one label left open.
    private struct OpenHost {
        let url: BaseURL
        let prefix: String
        let suffix: String
    }

    private static let open: [OpenHost?] = ProviderSlug.table.map { facts in
        let label = "placeholder"
        guard let template = facts.requiredConfig == nil ? facts.regionalEndpoint : facts.endpoint,
            let opening = template.description.firstIndex(of: "{"),
            let closing = template.description.firstIndex(of: "}"),
            let url = try? BaseURL(
                template.description[..<opening] + label
                    + template.description[template.description.index(after: closing)...]
            ),
            case .name(let host) = url.origin.host
        else { return nil }
        let parts = host.split(separator: label, omittingEmptySubsequences: false)
        return OpenHost(url: url, prefix: String(parts[0]), suffix: String(parts[1]))
    }

    /// The endpoint with a value in the place of `{name}`.
    static func expand(_ template: StaticString, at slug: ProviderSlug, _ name: StaticString, _ value: String)
        -> BaseURL?
    {
        guard let host = open[slug.position], isLabel(value) else {
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
