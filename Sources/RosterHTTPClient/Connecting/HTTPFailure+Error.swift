import NIOCore
import NIOExtras
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import RosterBytes

extension HTTPFailure {
    /// Converts an error of the libraries.
    init(_ error: any Error) {
        switch error {
        case let failure as HTTPFailure: self = failure
        case let error as IOError: self = .system(error.errnoCode)
        case let error as NIOConnectionError:
            self = error.connectionErrors.first.map { HTTPFailure($0.error) } ?? .closed
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
        case is CancellationError: self = .cancelled
        case is NIOHTTPDecoderError: self = .malformed
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
