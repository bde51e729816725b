import NIOSSL
import RosterHTTPClient
import RosterModel
import Synchronization
import Testing

@testable import RosterRuntime

/// Checks of the server's identity, with certificates that `openssl` made and servers on loopback.
@Suite("The certificate is checked against the destination")
struct CertificateIdentityTests {
    /// A certificate, by its subject alternative names, and the hosts that it is for.
    struct Certificate: Sendable, CustomTestStringConvertible {
        var commonName = ""
        var names: String?
        var hosts: Set<String> = []

        var testDescription: String { "CN=\(commonName) \(names ?? "-")" }
    }

    /// The hosts of the requests: of each kind one that leads to loopback, and one that a proxy alone can reach.
    private static let direct = ["llm.example.com", "127.0.0.1", "[::1]"]
    private static let proxied = ["llm.example.com", "198.51.100.7", "[2001:db8::7]"]

    static let certificates: [Certificate] = [
        Certificate(names: "DNS:llm.example.com", hosts: ["llm.example.com"]),
        Certificate(
            commonName: "other.example",
            names: "DNS:a.example,DNS:LLM.example.COM",
            hosts: ["llm.example.com"]
        ),
        Certificate(names: "DNS:*.example.com", hosts: ["llm.example.com"]),
        Certificate(names: "DNS:other.example.com"), Certificate(names: "DNS:*.com"),
        Certificate(names: "DNS:l*.example.com"),
        Certificate(names: "IP:127.0.0.1", hosts: ["127.0.0.1"]), Certificate(names: "IP:::1", hosts: ["[::1]"]),
        Certificate(names: "IP:198.51.100.7", hosts: ["198.51.100.7"]),
        Certificate(names: "IP:2001:db8::7", hosts: ["[2001:db8::7]"]),
        Certificate(
            names: "DNS:llm.example.com,IP:127.0.0.1,IP:::1,IP:198.51.100.7,IP:2001:db8::7",
            hosts: Set(direct + proxied)
        ),
        // The text of an address as a name, and the name of a host where there is none.
        Certificate(names: "DNS:127.0.0.1,DNS:198.51.100.7,DNS:\\:\\:1,DNS:[2001:db8\\:\\:7]"),
        Certificate(names: "email:llm@example.com,URI:https://llm.example.com,RID:1.2.3"),
        Certificate(commonName: "llm.example.com"), Certificate(commonName: "127.0.0.1"),
        Certificate(commonName: "198.51.100.7"), Certificate(commonName: "llm.example.com", names: "DNS:other.example"),
        Certificate(commonName: "llm.example.com", names: "email:a@example.com"), Certificate(),
    ]

    /// Names that no honest authority issues, as DER.
    static let hostile: [Certificate] = [
        Certificate(names: der([(0x82, "llm.example.com\0.evil.example")])),
        Certificate(names: der([(0x82, "llm.example.com\0")])), Certificate(names: der([(0x82, "llm.example.com.")])),
        Certificate(names: der([(0x82, "")])), Certificate(names: der([(0x82, "llm.example.c\u{F6}m")])),
        Certificate(names: der([(0x87, ""), (0x87, "\u{7F}\0\0"), (0x87, "\u{7F}\0\0\u{1}\0")])),
        Certificate(names: der([(0x81, "llm.example.com"), (0x86, "llm.example.com"), (0x88, "llm.example.com")])),
        Certificate(names: der((0..<3_000).map { (0x82, "n\($0).example.com") })),
    ]

    /// The bytes of a `GeneralNames` with names of a tag.
    private static func der(_ names: [(tag: UInt8, text: String)]) -> String {
        func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            let count = content.count
            let length: [UInt8] =
                count < 128
                ? [UInt8(count)] : [0x83, UInt8(count >> 16), UInt8(count >> 8 & 255), UInt8(count & 255)]
            return [tag] + length + content
        }
        // DER has lengths in their shortest form.
        let content = names.flatMap { element($0.tag, Array($0.text.utf8)) }
        var sequence = element(0x30, content)
        if content.count >= 128, content.count < 65_536 {
            let length: [UInt8] =
                content.count < 256
                ? [0x81, UInt8(content.count)] : [0x82, UInt8(content.count >> 8), UInt8(content.count & 255)]
            sequence = [0x30] + length + content
        }
        return "DER:" + sequence.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    private func client(_ authority: TestAuthority, proxy: UInt16? = nil) throws -> ProviderClient {
        let environment: [String: String?] = [
            "SSL_CERT_FILE": authority.rootsFile, "HTTPS_PROXY": proxy.map { "http://127.0.0.1:\($0)" },
        ]
        var limits = ClientLimits()
        // Other tests may keep the machine busy.
        (limits.connect, limits.total) = (.seconds(300), .seconds(300))
        return try ProviderClient(
            limits: limits,
            resolver: NameResolver { _ in [.ipv4(IPv4Address(value: 0x7F00_0001))] },
            environment: { environment[$0] ?? nil }
        )
    }

    private func request(_ host: String, _ port: UInt16) throws -> ProviderRequest {
        let origin = Origin(scheme: .https, host: try Host(parsing: host[...]), port: port)
        return ProviderRequest(method: "POST", origin: origin, target: "/v1", headers: [], body: Array("key".utf8))
    }

    /// Sends a request, and returns the failure when it is refused before the server reads a byte of it.
    private func refusal(
        _ client: ProviderClient,
        _ request: ProviderRequest,
        _ server: TLSPeer
    ) async throws -> ProviderFailure? {
        let before = server.record.bytes.withLock { $0.count }
        let ended = server.record.endedConnections.withLock { $0 }
        do {
            let answer = try await client.send(request)
            #expect(answer.status == 200 && server.record.bytes.withLock { $0.count } > before)
            return nil
        } catch {
            // Once the server has seen the end of the connection, it has read all of it.
            for _ in 0..<2_000 where server.record.endedConnections.withLock({ $0 }) == ended {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(server.record.endedConnections.withLock { $0 } > ended)
            #expect(server.record.bytes.withLock { $0.count } == before, "the server read a part of the request")
            return error
        }
    }

    @Test("Checks every kind of host and certificate, directly and through a proxy", arguments: certificates)
    func identity(certificate: Certificate) async throws {
        let authority = try TestAuthority()
        let context = try authority.serverContext(commonName: certificate.commonName, names: certificate.names)
        let servers = [try await TLSPeer(context), try await TLSPeer(context, host: "::1")]
        for host in Self.direct {
            let server = servers[host == "[::1]" ? 1 : 0]
            let failure = try await refusal(try client(authority), try request(host, server.port), server)
            try check(failure, host, certificate, server)
        }
        // The address of the socket is the proxy's, 127.0.0.1, in every case.
        let proxy = try await ConnectProxy(to: servers[0].port)
        for host in Self.proxied {
            let client = try client(authority, proxy: proxy.port)
            let failure = try await refusal(client, try request(host, 443), servers[0])
            try check(failure, host, certificate, servers[0])
        }
    }

    private func check(
        _ failure: ProviderFailure?,
        _ host: String,
        _ certificate: Certificate,
        _ server: TLSPeer
    ) throws {
        guard !certificate.hosts.contains(host) else {
            #expect(failure == nil, "\(host): \(failure?.message ?? "")")
            return
        }
        let refused = try #require(failure, "\(host) was accepted")
        #expect(refused.code == .tls && refused.message.contains("is not for this host"), "\(refused)")
    }

    @Test("Hostile names match no host and do not crash", arguments: hostile.indices)
    func hostileNames(position: Int) async throws {
        let authority = try TestAuthority()
        let server = try await TLSPeer(try authority.serverContext(names: Self.hostile[position].names))
        for host in ["llm.example.com", "127.0.0.1"] {
            let failure = try await refusal(try client(authority), try request(host, server.port), server)
            #expect(failure?.code == .tls, "\(host)")
            #expect(failure.map { $0.message.utf8.count < 1_000 } == true)
        }
    }

    @Test("Finds a name among thousands")
    func manyNames() async throws {
        let authority = try TestAuthority()
        let names = (0..<2_000).map { "DNS:n\($0).example" } + ["DNS:llm.example.com"]
        let server = try await TLSPeer(try authority.serverContext(names: names.joined(separator: ",")))
        #expect(try await refusal(try client(authority), try request("llm.example.com", server.port), server) == nil)
    }

    @Test("Checks each connection, also after a valid one to the same server")
    func resumption() async throws {
        let authority = try TestAuthority()
        let server = try await TLSPeer(try authority.serverContext(names: "DNS:llm.example.com"))
        let client = try client(authority)
        for _ in 0..<3 {
            #expect(try await refusal(client, try request("llm.example.com", server.port), server) == nil)
            let other = try await refusal(client, try request("other.example.com", server.port), server)
            #expect(other?.message.contains("is for llm.example.com") == true, "\(String(describing: other))")
            #expect(try await refusal(client, try request("127.0.0.1", server.port), server)?.code == .tls)
        }
    }

    @Test("Refuses an untrusted chain regardless of its names")
    func untrusted() async throws {
        let server = try await TLSPeer(try TestAuthority().serverContext(names: "DNS:llm.example.com,IP:127.0.0.1"))
        let other = try TestAuthority()
        for host in ["llm.example.com", "127.0.0.1"] {
            let failure = try await refusal(try client(other), try request(host, server.port), server)
            #expect(
                failure?.code == .tls && failure?.message.contains("is not trusted") == true,
                "\(String(describing: failure))"
            )
        }
    }
}
