import NIOSSL
import Synchronization

/// The certificates by which a client trusts servers, and its own.
///
/// The files are read when they are first needed, and again when they changed, so that renewed certificates are used
/// without a restart. If the new files cannot be read, the old certificates stay.
final class TLSContext: Sendable {
    private struct Loaded {
        var context: NIOSSLContext
        var stamps: [FileStamp?]
    }

    private let loaded = Mutex<Loaded?>(nil)
    /// A file of root certificates that replaces the system's store, as OpenSSL's `SSL_CERT_FILE` names one.
    private let rootsFile: String?
    private let identity: ClientIdentity?

    init(rootsFile: String?, identity: ClientIdentity? = nil) {
        self.rootsFile = rootsFile
        self.identity = identity
    }

    /// Returns the context, which is created on first use.
    ///
    /// - Throws: ``HTTPFailure/noTrustStore``; only reading the certificates can fail.
    func get() throws(HTTPFailure) -> NIOSSLContext {
        let stamps = [rootsFile, identity?.certificateFile, identity?.keyFile].map { $0.flatMap(FileStamp.init) }
        return try loaded.withLock { (loaded) throws(HTTPFailure) in
            if let loaded, loaded.stamps == stamps { return loaded.context }
            do {
                let context = try make()
                loaded = Loaded(context: context, stamps: stamps)
                return context
            } catch {
                guard let loaded else { throw .noTrustStore }
                return loaded.context
            }
        }
    }

    private func make() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let rootsFile { configuration.trustRoots = .file(rootsFile) }
        if let identity {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(identity.certificateFile).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.keyFile, format: .pem))
        }
        configuration.minimumTLSVersion = .tlsv12
        // The chain is validated here, the identity by IdentityHandler: the library would also accept the address
        // of the socket, which may be a proxy's, and a common name.
        configuration.certificateVerification = .noHostnameVerification
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
