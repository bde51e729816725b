import Foundation
import NIOSSL

/// A certificate authority of the tests' own, whose certificates `openssl` makes.
final class TestAuthority: Sendable {
    private let folder: URL

    /// The file of the authority's own certificate.
    var rootsFile: String { folder.appending(path: "ca.pem").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "roster-authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try run(
            """
            set -e
            openssl ecparam -name prime256v1 -genkey -noout -out key.pem
            openssl req -x509 -new -key key.pem -days 2 -subj /CN=$(basename "$PWD") -out ca.pem
            """
        )
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Creates the TLS context of a server with a certificate.
    ///
    /// - Parameters:
    ///   - commonName: the common name; none when it is empty.
    ///   - names: the subject alternative names as `openssl` takes them; nil for a certificate without.
    /// - Returns: a context with a new certificate of the authority.
    /// - Throws: when `openssl` refuses to make it.
    func serverContext(commonName: String = "", names: String?) throws -> NIOSSLContext {
        let name = UUID().uuidString
        let subject = commonName.isEmpty ? "/O=Tests" : "/O=Tests/CN=\(commonName)"
        let lines = ["basicConstraints=CA:FALSE"] + (names.map { ["subjectAltName=\($0)"] } ?? [])
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "\(name).ext"))
        try run(
            """
            set -e
            openssl req -new -key key.pem -subj '\(subject)' -out \(name).csr
            openssl x509 -req -in \(name).csr -CA ca.pem -CAkey key.pem -set_serial 0x\(name.prefix(8)) -days 2 \
                -extfile \(name).ext -out \(name).pem
            """
        )
        let file = folder.appending(path: "\(name).pem").path
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: folder.appending(path: "key.pem").path, format: .pem))
        )
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
