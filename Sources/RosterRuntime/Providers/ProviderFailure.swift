/// Why a provider could not be used.
///
/// No text of it holds a byte of a key: what a provider answers is cleaned first (``OpenEndpoint/redacted(_:)``).
public struct ProviderFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Hashable, Sendable {
        /// The registry has no such provider.
        case unknownProvider
        /// Slug, `baseUrl` and `config` make no endpoint that a request may go to.
        case endpoint
        /// The request would go where the secret may not be sent.
        case notAllowed
        /// There is no identity for the secret, or the identity is not usable.
        case identity
        /// The secret does not open, or its box does not say what the registry says.
        case doesNotOpen
        /// What was sealed is no key that the provider takes.
        case malformedSecret
        /// There is no secret, and no credentials of the host's own where they are asked for.
        case noCredentials
        /// There is no memory for secrets.
        case noMemory
        /// A name does not resolve, or to an address that nothing is sent to.
        case address
        /// There is no connection to be had, or it broke.
        case connection
        /// The other side is not who it should be, or speaks no TLS.
        case tls
        /// It took too long.
        case timeout
        /// The answer is larger than what is read.
        case tooLarge
        /// The provider points elsewhere, and a request with a key is not sent on.
        case redirect
        /// The provider refuses, with the status.
        case refused(status: Int)
        /// What came back is not an answer of the provider's kind.
        case malformedAnswer
    }

    /// What kind of failure it is.
    public var code: Code
    /// One sentence without a full stop.
    public var message: String
    /// What to do; nil when the message says it all.
    public var help: String?

    init(_ code: Code, _ message: String, help: String? = nil) {
        self.code = code
        self.message = message
        self.help = help
    }

    /// The message.
    public var description: String { message }
}
