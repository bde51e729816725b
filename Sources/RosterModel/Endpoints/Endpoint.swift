/// Where a provider's requests go, once slug, `baseUrl` and `config` are put together.
public struct Endpoint: Hashable, Sendable {
    /// The origin, and the path that every request's path starts with.
    public private(set) var base: BaseURL
    /// Where the list of models is, for a slug that has another host for it.
    private let ownModels: BaseURL?
    private let slug: ProviderSlug
    private let model: String

    /// Where the list of models is asked for: ``base`` but for a slug that has another host for it.
    public var models: BaseURL { ownModels ?? base }

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
        if let baseURL {
            base = baseURL
            base.path = Self.appending(slug, to: baseURL.path)
            ownModels = nil
        } else {
            guard let url = slug.facts.defaultURL(config: config) else { return nil }
            base = url
            ownModels = slug.facts.modelsURL(config: config)
        }
        self.slug = slug
        // Google's lists name models so, and its SDK takes the name either way.
        let isFullName = slug == .google && model.hasPrefix("models/")
        self.model = isFullName ? String(model.dropFirst("models/".count)) : model
    }

    private static func appending(_ slug: ProviderSlug, to path: String) -> String {
        let suffix = slug.facts.suffix
        if suffix.isSuffix(of: path) { return path }
        // Google has more than one version: any of them at the end is the user's own choice.
        if slug == .google, let last = path.split(separator: "/").last, last.hasPrefix("v1") { return path }
        return path + suffix.description
    }

    /// Puts `value` in the place of `{name}`.
    static func expand(_ template: String, _ name: String, _ value: String) -> String {
        guard let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}"),
            template[template.index(after: open)..<close] == name
        else { return template }
        return template[..<open] + value + template[template.index(after: close)...]
    }
}
