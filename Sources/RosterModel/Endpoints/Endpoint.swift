/// Where a provider's requests go, once slug, `baseUrl` and `config` are put together.
public struct Endpoint: Hashable, Sendable {
    /// The origin, and the path that every request's path starts with.
    public var base: BaseURL
    /// Where the list of models is asked for: ``base`` but for a slug that has another host for it.
    public let models: BaseURL
    private let slug: ProviderSlug
    private let model: String

    /// The path of a chat request.
    public var chatPath: String {
        base.path + Self.expand(slug.facts.chatPath.description, "model", PercentEncoding.encode(model.utf8))
    }

    /// The path of a request for the list of models.
    public var modelsPath: String { models.path + slug.facts.modelsPath.description }

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
            models = base
        } else {
            guard let url = facts.defaultURL(config: config) else { return nil }
            base = url
            models = facts.modelsURL(config: config) ?? url
        }
        self.slug = slug
        // Google's lists name models so, and its SDK takes the name either way.
        let isFullName = slug == .google && model.hasPrefix("models/")
        self.model = isFullName ? String(model.dropFirst("models/".count)) : model
    }

    private static func appending(_ facts: SlugFacts, to path: String) -> String {
        let suffix = facts.suffix.description
        if suffix.isEmpty || path.hasSuffix(suffix) { return path }
        // Google has more than one version: any of them at the end is the user's own choice.
        if facts.slug == .google, let last = path.split(separator: "/").last, last.hasPrefix("v1") { return path }
        return path + suffix
    }

    /// Puts `value` in the place of `{name}`.
    static func expand(_ template: String, _ name: String, _ value: String) -> String {
        guard let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}"),
            template[template.index(after: open)..<close] == name
        else { return template }
        return template[..<open] + value + template[template.index(after: close)...]
    }
}
