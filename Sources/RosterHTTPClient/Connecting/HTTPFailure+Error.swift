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
            case .handshakeFailed(let cause): self = Self.handshake(cause)
            case .noCertificateToValidate, .unableToValidateCertificate: self = .certificate
            case .uncleanShutdown: self = .closed
            case .noSuchFilesystemObject, .failedToLoadCertificate: self = .noTrustStore
            default: self = .handshake
            }
        case is NIOHTTP1ProxyConnectHandler.Error: self = .proxy
        case let error as NIOHTTPDecompression.DecompressionError: self = error == .limit ? .tooLarge : .malformed
        case is CancellationError: self = .cancelled
        case is NIOHTTPDecoderError: self = .malformed
        case HTTPParserError.invalidEOFState: self = .closed
        case HTTPParserError.headerOverflow: self = .tooLarge
        case is HTTPParserError: self = .malformed
        case is NIOHTTPDecompression.ExtraDecompressionError: self = .malformed
        default: self = .closed
        }
    }

    /// Returns the failure of a handshake by the names of BoringSSL for it, which are all that the stack of an error has.
    private static func handshake(_ error: BoringSSLError) -> HTTPFailure {
        guard case .sslError(let stack) = error else { return .handshake }
        let names = stack.map { "\($0)" }
        if names.contains(where: { $0.contains("CERTIFICATE_VERIFY_FAILED") }) { return .certificate }
        // What BoringSSL reports of the first bytes of a response of HTTP, and of other protocols.
        let isPlain = names.contains { $0.contains("HTTP_REQUEST") || $0.contains("WRONG_VERSION_NUMBER") }
        return isPlain ? .noTLS : .handshake
    }
}
