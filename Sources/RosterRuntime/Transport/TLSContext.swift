import NIOSSL
import Synchronization

/// The trusted certificates of this machine, read when they are first needed.
final class TLSContext: Sendable {
    private let context = Mutex<NIOSSLContext?>(nil)
    /// A file of root certificates that replaces the system's store, as OpenSSL's `SSL_CERT_FILE` names one.
    private let rootsFile: String?

    init(rootsFile: String?) { self.rootsFile = rootsFile }

    /// Returns the context, which is created on first use.
    ///
    /// - Throws: ``TransportFailure/noTrustStore``; only reading the root certificates can fail.
    func get() throws(TransportFailure) -> NIOSSLContext {
        try context.withLock { (context) throws(TransportFailure) in
            if let context { return context }
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let rootsFile { configuration.trustRoots = .file(rootsFile) }
            configuration.minimumTLSVersion = .tlsv12
            // The chain is validated here, the identity by ExchangeHandler: the library would also accept the address
            // of the socket, which may be a proxy's, and a common name.
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = ["http/1.1"]
            guard let made = try? NIOSSLContext(configuration: configuration) else { throw .noTrustStore }
            context = made
            return made
        }
    }
}
