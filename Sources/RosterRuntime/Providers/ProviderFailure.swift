/// A failure to use a provider.
///
/// Its texts contain no byte of a key: the key is removed from a provider's answers first
/// (``OpenEndpoint/redacted(_:)``).
public struct ProviderFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: Hashable, Sendable {
        /// The registry has no such provider.
        case unknownProvider
        /// Slug, `baseUrl` and `config` do not form an endpoint that a request may go to.
        case endpoint
        /// The request would go to a host to which the secret may not be sent.
        case notAllowed
        /// There is no identity for the secret, or the identity is not usable.
        case identity
        /// The secret does not open, or its box does not match the registry.
        case doesNotOpen
        /// The sealed value is not a key that the provider accepts.
        case malformedSecret
        /// There is no secret, or the host lacks the credentials that are required.
        case noCredentials
        /// Secret memory cannot be allocated.
        case noMemory
        /// A name does not resolve, or resolves to an address to which nothing is sent.
        case address
        /// A connection cannot be made, or it broke.
        case connection
        /// The server's identity is not the expected one, or it does not use TLS.
        case tls
        /// The time limit was exceeded.
        case timeout
        /// The answer exceeds the limit of its size.
        case tooLarge
        /// The provider redirects, and a request with a key is not redirected.
        case redirect
        /// The provider refused the request with this status.
        case refused(status: Int)
        /// The answer does not have the provider's format.
        case malformedAnswer
    }

    /// The kind of failure.
    public var code: Code
    /// One sentence without a full stop.
    public var message: String
    /// The advice; nil when the message suffices.
    public var help: String?

    init(_ code: Code, _ message: String, help: String? = nil) {
        self.code = code
        self.message = message
        self.help = help
    }

    /// The message.
    public var description: String { message }
}
