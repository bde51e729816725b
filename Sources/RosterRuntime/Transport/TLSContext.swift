import NIOSSL
import Synchronization

/// How this machine trusts others: the system's store, read when it is first needed.
final class TLSContext: Sendable {
    private let context = Mutex<NIOSSLContext?>(nil)
    /// A file of roots in place of the system's store, as OpenSSL's `SSL_CERT_FILE` names one.
    private let rootsFile: String?

    init(rootsFile: String?) { self.rootsFile = rootsFile }

    func get() throws -> NIOSSLContext {
        try context.withLock { context in
            if let context { return context }
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let rootsFile { configuration.trustRoots = .file(rootsFile) }
            configuration.minimumTLSVersion = .tlsv12
            // The chain is validated here, the identity by ExchangeHandler: the library would also accept the address of
            // the socket, which may be a proxy's, and a common name.
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = ["http/1.1"]
            let made = try NIOSSLContext(configuration: configuration)
            context = made
            return made
        }
    }
}
