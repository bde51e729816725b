import Foundation
import NIOSSL
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterHTTPClient

@Suite("Connections over TLS")
struct SecureConnectionTests {
    private static func context(_ files: TestCertificates, requiresClient: Bool = false) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(files.file("server.pem")).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: files.file("key.pem"), format: .pem))
        )
        if requiresClient {
            configuration.trustRoots = .file(files.file("ca.pem"))
            configuration.certificateVerification = .noHostnameVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }

    private func client(_ files: TestCertificates, _ environment: [String: String] = [:]) throws -> HTTPClient {
        let roots = ["SSL_CERT_FILE": files.file("ca.pem")]
        return try HTTPClientTests.client(roots.merging(environment) { $1 })
    }

    @Test func keepsAConnection() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files)) { [.send(HTTPClientTests.ok("\($0.number)"))] }
        let client = try client(files)
        for number in 1...5 {
            let answer = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(.https), "/"))
            #expect(answer == "200 \(number)")
        }
        #expect(server.record.connections == 1)
    }

    @Test func readsALargeBodyAsItsReaderAsks() async throws {
        let files = try TestCertificates()
        let size = 3_000_000
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .bytes(Array(repeating: 1, count: size))]
        }
        let client = try client(files)
        let request = HTTPRequest("GET", server.origin(.https), "/")
        let response = try await client.send(request, timing: HTTPClientTests.patient)
        #expect(try await response.body.whole(limit: size).count == size)
    }

    @Test func readsABodyUntilTheEnd() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in
            [.send("HTTP/1.1 200 OK\r\n\r\nabc"), .close]
        }
        // A proper end of TLS is the end of the body.
        let answer = try await HTTPClientTests.read(
            try client(files),
            HTTPRequest("GET", server.origin(.https), "/")
        )
        #expect(answer == "200 abc")
    }

    @Test func refusesABodyUntilTheEndThatIsCutOff() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in
            [.send("HTTP/1.1 200 OK\r\n\r\nabc"), .cutOff]
        }
        let client = try client(files)
        // An attacker on the way can end the connection, but cannot end TLS.
        await #expect(throws: HTTPFailure.self) {
            try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(.https), "/"))
        }
    }

    @Test func readsRenewedCertificates() async throws {
        let (old, new) = (try TestCertificates(), try TestCertificates())
        let folder = try ScratchFolder()
        func install(_ files: TestCertificates) throws {
            for name in ["ca.pem", "client.pem", "key.pem"] {
                try folder.write(name, try String(contentsOfFile: files.file(name), encoding: .utf8))
            }
        }
        let server = try await ScriptedServer(tls: Self.context(new, requiresClient: true)) { _ in
            [.send(HTTPClientTests.ok("a")), .close]
        }
        let request = HTTPRequest("GET", server.origin(.https), "/")
        try install(old)
        let client = try HTTPClientTests.client(["SSL_CERT_FILE": folder.path + "/ca.pem"]) {
            $0.identity = ClientIdentity(
                certificateFile: folder.path + "/client.pem",
                keyFile: folder.path + "/key.pem"
            )
        }
        await #expect(throws: HTTPFailure.self) { try await HTTPClientTests.read(client, request) }
        try install(new)
        #expect(try await HTTPClientTests.read(client, request) == "200 a")
        // Half of a renewal cannot be used, so that the certificates before are.
        try folder.write("key.pem", "half")
        #expect(try await HTTPClientTests.read(client, request) == "200 a")
    }

    @Test func presentsItsOwnCertificate() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files, requiresClient: true)) { _ in
            [.send(HTTPClientTests.ok("a"))]
        }
        let request = HTTPRequest("GET", server.origin(.https), "/")
        let known = try HTTPClientTests.client(["SSL_CERT_FILE": files.file("ca.pem")]) {
            $0.identity = ClientIdentity(certificateFile: files.file("client.pem"), keyFile: files.file("key.pem"))
        }
        #expect(try await HTTPClientTests.read(known, request) == "200 a")
        let unknown = try client(files)
        await #expect(throws: HTTPFailure.self) { try await HTTPClientTests.read(unknown, request) }
        #expect(server.record.requests.count == 1)
    }

    @Test func refusesAServerOfAnotherAuthority() async throws {
        let (files, others) = (try TestCertificates(), try TestCertificates())
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in [.send(HTTPClientTests.ok("a"))] }
        let client = try client(others)
        await #expect(throws: HTTPFailure.certificate) {
            try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(.https), "/"))
        }
    }

    @Test func refusesACertificateOfAnotherHost() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in [.send(HTTPClientTests.ok("a"))] }
        let client = try client(files)
        let origin = server.origin(.https, .name("other.example.com"))
        await #expect(throws: HTTPFailure.otherHost(names: "127.0.0.1 and localhost")) {
            try await HTTPClientTests.read(client, HTTPRequest("GET", origin, "/"))
        }
        #expect(server.record.requests.isEmpty)
    }

    @Test func reportsUnreadableCertificates() async throws {
        let files = try TestCertificates()
        let server = try await ScriptedServer(tls: Self.context(files)) { _ in [] }
        let (ca, own, key) = (files.file("ca.pem"), files.file("client.pem"), files.file("key.pem"))
        let (absent, other) = (files.file("absent.pem"), try TestCertificates().file("key.pem"))
        // The roots, the client's own certificate and its key, and the one of them that cannot be used.
        let cases = [
            (absent, own, key, absent), (key, own, key, key), (ca, absent, key, absent), (ca, key, key, key),
            (ca, own, absent, absent), (ca, own, own, own), (ca, own, other, other),
        ]
        for (roots, certificate, key, unusable) in cases {
            let client = try HTTPClientTests.client(["SSL_CERT_FILE": roots]) {
                $0.identity = ClientIdentity(certificateFile: certificate, keyFile: key)
            }
            await #expect(throws: HTTPFailure.unusableFile(unusable)) {
                try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(.https), "/"))
            }
        }
    }

    @Test func reportsAServerWithoutTLS() async throws {
        let files = try TestCertificates()
        for answer in [HTTPClientTests.ok("a"), "HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail.example.com ESMTP\r\n"] {
            let server = try await ScriptedServer { _ in [.send(answer), .close] }
            // A server of HTTP answers what it cannot read, too.
            let client = try client(files)
            let failure = await #expect(throws: HTTPFailure.self) {
                try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(.https), "/"))
            }
            #expect(failure == .noTLS)
        }
    }

    @Test func connectsThroughAProxy() async throws {
        let files = try TestCertificates()
        let proxy = try await ScriptedServer { _ in
            [.send("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), .close]
        }
        let client = try client(files, ["HTTPS_PROXY": "http://user:word@127.0.0.1:\(proxy.port)"])
        let origin = Origin(scheme: .https, host: .name("llm.example.com"), port: 443)
        await #expect(throws: HTTPFailure.proxy) {
            try await HTTPClientTests.read(client, HTTPRequest("GET", origin, "/"))
        }
        let request = try #require(proxy.record.requests.first).text
        #expect(request.hasPrefix("CONNECT llm.example.com:443 HTTP/1.1\r\n"))
        #expect(request.contains("Proxy-Authorization: Basic dXNlcjp3b3Jk\r\n"))
    }
}
