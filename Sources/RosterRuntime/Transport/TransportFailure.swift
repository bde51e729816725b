import NIOCore
import NIOExtras
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import RosterBytes

/// The reason why a request got no answer.
///
/// An error of a library is identified by its type only: its description may contain data that was sent.
enum TransportFailure: Error, Hashable {
    case connectTimeout, totalTimeout, closed, tooLarge, malformed
    /// A POSIX error number.
    case system(Int32)
    /// The certificate is not trusted.
    case certificate
    /// The certificate is trusted and valid for other hosts than the destination.
    case otherHost(names: String)
    /// The handshake failed for another reason.
    case handshake
    /// The root certificates cannot be read.
    case noTrustStore
    /// The proxy did not connect; its status, when it returned one.
    case proxy

    init(_ error: any Error) {
        switch error {
        case let failure as TransportFailure: self = failure
        case let error as IOError: self = .system(error.errnoCode)
        case let error as NIOConnectionError:
            self = error.connectionErrors.first.map { TransportFailure($0.error) } ?? .closed
        case let error as ChannelError:
            if case .connectTimeout = error { self = .connectTimeout } else { self = .closed }
        case is NIOSSLExtraError: self = .handshake
        case let error as NIOSSLError:
            switch error {
            case .handshakeFailed(let cause): self = Self.isAboutCertificate(cause) ? .certificate : .handshake
            case .noCertificateToValidate, .unableToValidateCertificate: self = .certificate
            case .uncleanShutdown: self = .closed
            case .noSuchFilesystemObject, .failedToLoadCertificate: self = .noTrustStore
            default: self = .handshake
            }
        case is NIOHTTP1ProxyConnectHandler.Error: self = .proxy
        case let error as NIOHTTPDecompression.DecompressionError: self = error == .limit ? .tooLarge : .malformed
        case let error as HTTPParserError: self = error == .invalidEOFState ? .closed : .malformed
        case is NIOHTTPDecompression.ExtraDecompressionError: self = .malformed
        default: self = .closed
        }
    }

    /// The stack of an error contains only BoringSSL's own names for it.
    private static func isAboutCertificate(_ error: BoringSSLError) -> Bool {
        guard case .sslError(let stack) = error else { return false }
        return stack.contains { "\($0)".contains("CERTIFICATE_VERIFY_FAILED") }
    }
}
