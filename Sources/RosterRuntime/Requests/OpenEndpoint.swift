public import RosterModel

/// A provider's endpoint with its key, which makes requests.
///
/// The key is in locked memory, which is zeroed when the endpoint is released. The endpoint sends nothing: any HTTP
/// client, or a ``ProviderClient``, sends the requests that it makes.
public struct OpenEndpoint: ~Copyable {
    /// The provider.
    public let provider: RegisteredProvider
    let endpoint: Endpoint
    let credential: ProviderCredential
    let eraser: KeyEraser
    /// The hosts to which the key may be sent; not used without a key.
    private let allowed: [AllowedHost]
    /// The clock that requests are signed by.
    package var now: @Sendable () -> Timestamp = { .now }

    var facts: SlugFacts { provider.record.slug.facts }

    private init(
        _ provider: RegisteredProvider,
        _ endpoint: Endpoint,
        _ credential: consuming ProviderCredential,
        _ eraser: consuming KeyEraser,
        _ allowed: [AllowedHost]
    ) {
        self.provider = provider
        self.endpoint = endpoint
        self.credential = credential
        self.eraser = eraser
        self.allowed = allowed
    }

    /// Creates an endpoint from its parts, and checks the URL of chat requests with ``check(_:)``.
    static func make(
        _ provider: RegisteredProvider,
        _ endpoint: Endpoint,
        _ credential: consuming ProviderCredential,
        allowed: [AllowedHost]
    ) throws(ProviderFailure) -> OpenEndpoint {
        let eraser = try KeyEraser(credential)
        let open = OpenEndpoint(provider, endpoint, credential, eraser, allowed)
        try open.check(endpoint.chat)
        return open
    }

    /// The origin of chat requests.
    public var origin: Origin { endpoint.chat.origin }

    /// The URL of chat requests.
    public var chatURL: String { endpoint.chat.description }

    /// Returns a provider's text without any trace of the key.
    ///
    /// Traces are the key itself and any run of 12 of its bytes, unchanged, in base64 or hexadecimal, percent-encoded
    /// and in JSON's escapes.
    public func redacted(_ text: String) -> String { eraser.erase(text) }

    /// A Boolean value that indicates whether there is a key.
    public var hasKey: Bool { !eraser.isEmpty }

    /// Refuses a URL to which no request, or not this key, may be sent.
    func check(_ url: RequestURL) throws(ProviderFailure) {
        try check(url.origin, path: url.path)
    }

    /// Refuses a URL by its origin and its final path, percent-encoded.
    func check(_ origin: Origin, path: String) throws(ProviderFailure) {
        let name = provider.name
        guard !origin.host.isForbidden else {
            throw ProviderFailure(
                .endpoint,
                "\(name) points at \(origin.host), a link-local or metadata address; nothing is ever sent there"
            )
        }
        guard hasKey else { return }
        guard origin.scheme == .https || origin.host.isLoopback else {
            throw ProviderFailure(
                .notAllowed,
                "\(name) points at \(origin), where everybody on the way could read the key",
                help: "use https://"
            )
        }
        guard allowed.contains(where: { $0.admits(origin, path: path) }) else {
            throw ProviderFailure(
                .notAllowed,
                "the request would go to \(origin)\(path), where the key of \(name) may not be sent",
                help: provider.secret.map {
                    "to allow this place: roster secret reseal \(provider.project.handle)/\($0.handle) --host …"
                }
            )
        }
    }
}
