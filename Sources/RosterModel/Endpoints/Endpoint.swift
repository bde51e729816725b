/// The base URL of a provider's requests, and the final URL of each of them.
///
/// This is the one place that puts a request's URL together from slug, `baseUrl`, `config` and model.
public struct Endpoint: Hashable, Sendable {
    /// The origin of chat requests, and the prefix of their path.
    public let base: BaseURL
    /// The base URL of the list of models, for a slug that has another host for it.
    private let ownModels: BaseURL?
    private let slug: ProviderSlug
    private let model: String

    /// Why a provider has no endpoint.
    public enum Refusal: Error, Hashable, Sendable {
        /// There is no base URL, or a value of `config` cannot be part of it.
        case noBase
        /// The model cannot be part of a path.
        case model(PathTraversal.Refusal)
    }

    /// The final URL of a chat request.
    public var chat: RequestURL { RequestURL(base, slug.facts.chatPath, model: model) }

    /// The final URL of a request for the list of models.
    public var models: RequestURL { RequestURL(ownModels ?? base, slug.facts.modelsPath, model: model) }

    /// The origins of all requests.
    public var origins: [Origin] { [base.origin, (ownModels ?? base).origin] }

    /// Makes the endpoint of a provider.
    ///
    /// - Parameters:
    ///   - slug: the provider's slug.
    ///   - baseURL: the provider's `baseUrl`, parsed.
    ///   - config: the provider's `config`.
    ///   - model: the model of the request; nil when it is not known, and nothing is to be sent.
    /// - Throws: ``Refusal``.
    public init(slug: ProviderSlug, baseURL: BaseURL?, config: JSONObject?, model: String?) throws(Refusal) {
        self.model = try Self.pathName(of: model, slug)
        self.slug = slug
        if let baseURL {
            base = Self.appendingSuffix(of: slug, to: baseURL)
            ownModels = nil
        } else {
            guard let url = slug.facts.defaultURL(config: config) else { throw .noBase }
            base = url
            ownModels = slug.facts.modelsURL(config: config)
        }
    }

    /// Returns whether an entry of `allowedHosts` admits chat requests.
    public func isAdmitted(by host: AllowedHost) -> Bool { host.admits(base.origin, path: chat.path) }

    /// Returns whether a segment of a path is a version, as `v1`, `v4` and `v1beta2` are.
    public static func isVersion(_ segment: some StringProtocol) -> Bool {
        // v[0-9]+((alpha|beta)[0-9]*)?
        guard segment.utf8.first == UInt8(ascii: "v") else { return false }
        let number = segment.utf8.dropFirst()
        let stage = number.drop(while: \.isASCIIDigit)
        guard number.startIndex != stage.startIndex else { return false }
        return stage.isEmpty
            || ["alpha", "beta"].contains { name in
                stage.starts(with: name.utf8) && stage.dropFirst(name.utf8.count).allSatisfy(\.isASCIIDigit)
            }
    }

    /// Returns the model as it appears in a path, before it is encoded.
    private static func pathName(of model: String?, _ slug: ProviderSlug) throws(Refusal) -> String {
        guard let model, slug.facts.isModelInPath else { return model ?? "" }
        // Google's lists name models so, and its SDK takes the name either way.
        let isFullName = slug == .google && model.utf8.starts(with: "models/".utf8)
        let name = isFullName ? String(decoding: model.utf8.dropFirst("models/".utf8.count), as: UTF8.self) : model
        if let refusal = PathTraversal.refusal(of: name) { throw .model(refusal) }
        return name
    }

    private static func appendingSuffix(of slug: ProviderSlug, to url: BaseURL) -> BaseURL {
        let suffix = slug.facts.suffix
        if suffix.isSuffix(of: url.path) { return url }
        // Google has more than one version: any of them at the end is the user's own choice.
        if slug == .google, let last = url.path.split(separator: "/").last, isVersion(last) { return url }
        var url = url
        url.path += suffix.description
        return url
    }
}
