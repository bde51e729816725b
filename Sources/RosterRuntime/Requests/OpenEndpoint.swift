public import RosterModel

/// A provider's endpoint with its key: what requests are made of.
///
/// The key lives in locked memory and is gone when this is. Nothing here is sent: a request is made, and any HTTP client
/// may send it, or a ``ProviderClient``.
public struct OpenEndpoint: ~Copyable {
    /// The provider.
    public let provider: RegisteredProvider
    let endpoint: Endpoint
    let credential: ProviderCredential
    let eraser: KeyEraser
    /// Where the key may go; not asked when there is none.
    private let allowed: [AllowedHost]

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

    /// Puts the parts together, and checks the URL of chat requests with ``check(_:)``.
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

    /// A text of the provider's with every trace of the key cut out.
    ///
    /// Found are the key itself and any run of 12 of its bytes, as they are, in base64 or hexadecimal, percent-encoded
    /// and in JSON's escapes.
    public func redacted(_ text: String) -> String { eraser.erase(text) }

    /// Whether there is a key at all.
    public var hasKey: Bool { !eraser.isEmpty }

    /// Refuses a URL that nothing may be sent to, or that this key may not be sent to.
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
