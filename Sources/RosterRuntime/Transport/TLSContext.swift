import NIOSSL
import Synchronization

/// How this machine trusts others: the system's store, read when it is first needed.
final class TLSContext: Sendable {
    private let context = Mutex<NIOSSLContext?>(nil)
    /// A file of roots in place of the system's store, as OpenSSL's `SSL_CERT_FILE` names one.
    private let rootsFile: String?

    init(rootsFile: String?) { self.rootsFile = rootsFile }

    /// Returns the context, which is made when it is first asked for.
    ///
    /// - Throws: ``TransportFailure/noTrustStore``: nothing but the roots can fail.
    func get() throws(TransportFailure) -> NIOSSLContext {
        try context.withLock { (context) throws(TransportFailure) in
            if let context { return context }
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let rootsFile { configuration.trustRoots = .file(rootsFile) }
            configuration.minimumTLSVersion = .tlsv12
            // The chain is validated here, the identity by ExchangeHandler: the library would also accept the address of
            // the socket, which may be a proxy's, and a common name.
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = ["http/1.1"]
            guard let made = try? NIOSSLContext(configuration: configuration) else { throw .noTrustStore }
            context = made
            return made
        }
    }
}
