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
    /// - Throws: ``HTTPFailure/noTrustStore`` or ``HTTPFailure/unusableFile(_:)``; only reading the files can fail.
    func get() throws(HTTPFailure) -> NIOSSLContext {
        let stamps = [rootsFile, identity?.certificateFile, identity?.keyFile].map { $0.flatMap(FileStamp.init) }
        return try loaded.withLock { (loaded) throws(HTTPFailure) in
            if let loaded, loaded.stamps == stamps { return loaded.context }
            do throws(HTTPFailure) {
                let context = try make()
                loaded = Loaded(context: context, stamps: stamps)
                return context
            } catch {
                guard let loaded else { throw error }
                return loaded.context
            }
        }
    }

    private func make() throws(HTTPFailure) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let rootsFile { configuration.trustRoots = .file(rootsFile) }
        if let identity {
            configuration.certificateChain = try Self.read(identity.certificateFile) {
                try NIOSSLCertificate.fromPEMFile($0).map { .certificate($0) }
            }
            configuration.privateKey = try Self.read(identity.keyFile) {
                .privateKey(try NIOSSLPrivateKey(file: $0, format: .pem))
            }
        }
        configuration.minimumTLSVersion = .tlsv12
        // The chain is validated here, the identity by IdentityHandler: the library would also accept the address
        // of the socket, which may be a proxy's, and a common name.
        configuration.certificateVerification = .noHostnameVerification
        configuration.applicationProtocols = ["http/1.1"]
        do { return try NIOSSLContext(configuration: configuration) } catch {
            if let rootsFile { _ = try Self.read(rootsFile) { try NIOSSLCertificate.fromPEMFile($0) } }
            // The key of another certificate.
            throw identity.map { .unusableFile($0.keyFile) } ?? .noTrustStore
        }
    }

    private static func read<Value>(_ path: String, _ body: (String) throws -> Value) throws(HTTPFailure) -> Value {
        do { return try body(path) } catch { throw .unusableFile(path) }
    }
}
