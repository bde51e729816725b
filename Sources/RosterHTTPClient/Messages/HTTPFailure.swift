/// The reason why a request got no answer.
///
/// An error of a library is identified by its type only: its description may contain data that was sent.
package enum HTTPFailure: Error, Hashable, Sendable {
    /// The name does not resolve.
    case unresolved
    /// The address is link-local or of a metadata service, to which nothing is ever sent.
    case forbiddenAddress(String)
    case connectTimeout, headTimeout, stalled, totalTimeout, closed, tooLarge, malformed
    /// A POSIX error number.
    case system(Int32)
    /// The certificate is not trusted.
    case certificate
    /// The certificate is trusted and valid for other hosts than the destination.
    case otherHost(names: String)
    /// The server answers without TLS.
    case noTLS
    /// The handshake failed for another reason.
    case handshake
    /// The certificates that the system trusts cannot be read.
    case noTrustStore
    /// A PEM file of root certificates, or of the client's own certificate or key, cannot be used.
    case unusableFile(String)
    /// The proxy did not connect.
    case proxy
    /// The task was cancelled.
    case cancelled
}
