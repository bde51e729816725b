import RosterBytes
public import RosterJSON

/// The base URL of a provider's requests, and the final URL of each of them.
///
/// This is the only code that builds a request's URL from slug, `baseUrl`, `config` and model.
public struct Endpoint: Hashable, Sendable {
    /// The origin of chat requests, and the prefix of their path.
    public let base: BaseURL
    /// The base URL of the list of models, for a slug with a separate host for it.
    private let ownModels: BaseURL?
    let slug: ProviderSlug
    let model: String
    /// A Boolean value that indicates whether ``model`` is a tuned model of google.
    private let isTuned: Bool
    /// The value of azure's `apiVersion`, or nil for an API without dated versions.
    let apiVersion: String?

    /// The reason why a provider has no endpoint.
    public enum Refusal: Error, Hashable, Sendable {
        /// The base URL is missing.
        case noBase
        /// A value of `config` cannot be part of a URL.
        case setting(EndpointSetting)
        /// The model cannot be part of a path.
        case model(PathTraversal.Refusal)
    }

    /// The final URL of a chat request.
    public var chat: RequestURL {
        RequestURL(base, chatPath, model: model, plain: slug.facts.plainInModel, query: query)
    }

    /// The path of a chat request after the base, with `{model}` where the model is part of it.
    var chatPath: StaticString {
        let facts = slug.facts
        if apiVersion != nil, let dated = facts.datedAPI { return dated.chatPath }
        if isTuned, let tuned = facts.tunedChatPath { return tuned }
        return facts.chatPath
    }

    /// The final URL of a request for the list of models.
    public var models: RequestURL {
        RequestURL(ownModels ?? base, slug.facts.modelsPath, model: model, query: query)
    }

    /// The end of the path of ``base`` that the slug's own SDK appends, or empty for a slug without one.
    public var suffix: String {
        let facts = slug.facts
        if facts.endpointSettings.contains(.version) { return "/" + base.lastSegment }
        return (apiVersion.flatMap { _ in facts.datedAPI?.suffix } ?? facts.suffix).description
    }

    /// The origins of all requests.
    public var origins: [Origin] { [base.origin, (ownModels ?? base).origin] }

    /// Creates the endpoint of a provider.
    ///
    /// - Parameters:
    ///   - slug: the provider's slug.
    ///   - baseURL: the provider's `baseUrl`, parsed.
    ///   - config: the provider's `config`.
    ///   - model: the model of the request, or nil when it is unknown and no request is sent.
    /// - Throws: ``Refusal``.
    public init(slug: ProviderSlug, baseURL: BaseURL?, config: JSONObject?, model: String?) throws(Refusal) {
        (self.model, isTuned) = try Self.pathName(of: model, slug)
        self.slug = slug
        let facts = slug.facts
        try Self.check(facts.endpointSettings, of: config)
        let version = facts.pathVersion(config: config)
        apiVersion = facts.datedAPI == nil ? nil : version?.value
        if var baseURL {
            facts.appendSuffix(version, to: &baseURL)
            base = baseURL
            ownModels = nil
        } else {
            guard let url = facts.defaultURL(config: config) else { throw .noBase }
            base = url
            ownModels = facts.modelsURL(config: config)
        }
    }

    /// Returns the suffix that was appended to the `baseUrl` of this endpoint, or empty text.
    public func appended(to baseURL: BaseURL) -> String {
        guard base.path.utf8.starts(with: baseURL.path.utf8) else { return "" }
        return String(decoding: base.path.utf8.dropFirst(baseURL.path.utf8.count), as: UTF8.self)
    }

    private static func check(_ settings: [EndpointSetting], of config: JSONObject?) throws(Refusal) {
        guard let config else { return }
        for setting in settings {
            switch config[setting.name] {
            case nil, .null?: continue
            case .string(let text)? where setting.matches(text): continue
            default: throw .setting(setting)
            }
        }
    }

    /// Returns a Boolean value that indicates whether an entry of `allowedHosts` admits chat requests.
    public func isAdmitted(by host: AllowedHost) -> Bool { host.admits(base.origin, path: chat.path) }

    /// Returns a Boolean value that indicates whether a segment of a path is a version, such as `v1` or `v1beta2`.
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

    /// Returns the model as it appears in a path, before it is encoded, and whether it is a tuned one.
    private static func pathName(of model: String?, _ slug: ProviderSlug) throws(Refusal) -> (String, Bool) {
        guard let model, slug.facts.isModelInPath else { return (model ?? "", false) }
        var (name, isTuned) = (model, false)
        // Google's lists name models with their collection, and its SDK takes such names.
        if slug.facts.tunedChatPath != nil {
            if let rest = model.dropping(prefix: "models/") {
                name = rest
            } else if let rest = model.dropping(prefix: "tunedModels/") {
                (name, isTuned) = (rest, true)
            }
        }
        if let refusal = PathTraversal.refusal(of: name) { throw .model(refusal) }
        return (name, isTuned)
    }

    private var query: String { apiVersion.map { "\(DatedAPI.parameter)=\($0)" } ?? "" }
}

extension String {
    /// Returns the text after a prefix, or nil without it.
    fileprivate func dropping(prefix: StaticString) -> String? {
        let count = prefix.utf8CodeUnitCount
        let isPrefix = unsafe utf8.span.withUnsafeBufferPointer { unsafe prefix.isPrefix(of: $0) }
        return isPrefix ? String(decoding: utf8.dropFirst(count), as: UTF8.self) : nil
    }
}
