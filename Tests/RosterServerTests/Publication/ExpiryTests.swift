import Foundation
import NIOCore
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The expiry of a publication")
struct ExpiryTests {
    private static let path = "/api/v1/ai-providers"
    private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    /// Returns a server of a publication that was issued some seconds ago, which is valid for 1,000 s and a skew of 300 s.
    private static func server(
        issued age: Int64,
        _ expiry: PublicationMonitor.Expiry = .refuse,
        isOpen: Bool = false
    ) async throws -> ServedExample {
        let server = try await ServedExample(isOpen: isOpen, publication: .made(expiry))
        publish(issued: age, to: server)
        return server
    }

    private static func publish(issued age: Int64, to server: ServedExample) {
        let store = server.responder.store
        store.publication?.serve(.made(issued: now - age), activatedAt: (now - age) * 1_000 + 495)
        store.renew()
    }

    private static let token = ServedRepository.Token.all.text

    @Test func refusesRecordsAfterTheExpiry() async throws {
        let server = try await Self.server(issued: 1_301)
        let provider = ServedRepository.gpt
        let message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"
        for (method, path, body) in [
            ("GET", Self.path, nil), ("HEAD", Self.path, nil), ("GET", "\(Self.path)/\(provider)", nil),
            ("GET", "/api/v1/projects", nil), ("GET", "/v1/models", nil), ("GET", "/api/v1/events", nil),
            ("GET", "/readyz", nil), ("POST", "/mcp", message), ("PATCH", "\(Self.path)/\(provider)", "{}"),
            ("POST", Self.path, "{}"), ("DELETE", "\(Self.path)/\(provider)", nil),
        ] {
            let answer = try await server.request(method, path, token: Self.token, body: body)
            #expect(answer.status == 503, "\(method) \(path)")
            #expect(answer["Retry-After"] == "15", "\(method) \(path)")
            #expect(answer["Content-Type"] == "application/problem+json", "\(method) \(path)")
            guard method != "HEAD" else { continue }
            #expect(answer.object["type"] as? String == "urn:roster:problem/registry-expired", "\(method) \(path)")
        }
        for path in ["/livez", "/metrics", "/status", "/openapi.json"] {
            #expect(try await server.request("GET", path, token: Self.token).status == 200, "\(path)")
        }
        let status = try await server.request("GET", "/status")
        #expect(status.object["freshness"] as? String == "expired" && status.object["ready"] as? Bool == false)
    }

    @Test func explainsTheExpiryOnPages() async throws {
        let server = try await Self.server(issued: 2_000, isOpen: true)
        for path in ["/", "/p/acme/gpt-4o"] {
            let answer = try await server.request("GET", path, fields: ["Accept: text/html"])
            #expect(answer.status == 503 && answer.text.contains("The registry has expired"), "\(path)")
        }
        let status = try await server.request("GET", "/status.html", fields: ["Accept: text/html"])
        #expect(status.status == 200 && status.text.contains("requests are refused until a newer one arrives"))
        #expect(status.text.contains("oci://registry.example/llm:main"))
    }

    @Test func servesBeforeTheExpiryAndTheSkew() async throws {
        for (age, freshness) in [(0, "current"), (400, "current"), (600, "ageing"), (1_200, "ageing")] {
            let server = try await Self.server(issued: Int64(age))
            #expect(try await server.request("GET", Self.path, token: Self.token).status == 200, "\(age)")
            let status = try await server.request("GET", "/status")
            #expect(status.object["freshness"] as? String == freshness, "\(age)")
        }
    }

    @Test func servesAfterTheExpiryWhenItIsChosen() async throws {
        let server = try await Self.server(issued: 5_000, .serve)
        for path in ["/readyz", Self.path] {
            #expect(try await server.request("GET", path, token: Self.token).status == 200)
        }
        let status = try await server.request("GET", "/status")
        #expect(status.object["freshness"] as? String == "expired" && status.object["ready"] as? Bool == true)
    }

    @Test("A clock that is set back does not revive an expired publication, and a newer one does")
    func staysExpired() throws {
        let store = SnapshotStore(mayBeOpen: true, publication: .made())
        func refuses(_ seconds: Int64) -> Bool { store.refusesRequests(at: Timestamp(secondsSince1970: seconds)) }
        #expect(!refuses(.max))
        #expect(store.freshness(at: Timestamp(secondsSince1970: 0)) == PublicationMonitor.Freshness.none)
        store.publication?.serve(.made(issued: 10_000), activatedAt: 0)
        store.renew()
        #expect(!refuses(10_000) && !refuses(11_299) && !refuses(0))
        #expect(refuses(11_300) && refuses(11_299) && refuses(0) && refuses(.min))
        #expect(store.freshness(at: Timestamp(secondsSince1970: 0)) == .expired)
        // The same publication again.
        store.renew()
        #expect(refuses(11_299))
        store.publication?.serve(.made(issued: 12_000), activatedAt: 0)
        #expect(refuses(12_000))
        store.renew()
        #expect(!refuses(12_000) && !refuses(13_299) && refuses(13_300))
        var endless = PublicationMonitor.Served.made(issued: 20_000)
        endless.expires = Timestamp(secondsSince1970: .max)
        store.publication?.serve(endless, activatedAt: .min)
        store.renew()
        #expect(!refuses(.max - 1))
    }

    @Test @ConnectionThread func replaysNoResponseAfterTheExpiry() async throws {
        let server = try await Self.server(issued: 0)
        let connection = try server.connect()
        for _ in 0..<3 {
            connection.get(Self.path, .all)
            #expect(try connection.answer()?.status == 200)
        }
        Self.publish(issued: 1_400, to: server)
        for _ in 0..<3 {
            connection.get(Self.path, .all)
            #expect(try connection.answer()?.status == 503)
        }
        Self.publish(issued: 0, to: server)
        connection.get(Self.path, .all)
        #expect(try connection.answer()?.status == 200)
    }

    @Test @ConnectionThread func endsStreamsAndWaitsAtTheExpiry() async throws {
        let server = try await Self.server(issued: 0)
        let (stream, waiting) = (try server.connect(), try server.connect())
        stream.get("/api/v1/events", .all)
        #expect(String(decoding: try stream.received(), as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        waiting.get(Self.path, .all)
        let tag = try #require(try waiting.answer()?["ETag"])
        waiting.get(Self.path, .all, ["If-None-Match: \(tag)", "Prefer: wait=60"])
        #expect(try waiting.answer() == nil)
        Self.publish(issued: 1_400, to: server)
        // Checked a few times a second, as the deadlines are.
        for connection in [stream, waiting] { connection.eventLoop.sweep(at: .now()) }
        #expect(try waiting.answer()?.status == 503)
        #expect(String(decoding: try stream.received(), as: UTF8.self) == "0\r\n\r\n")
    }

    @Test func readsNoBodyAfterTheExpiry() async throws {
        let server = try await Self.server(issued: 1_400)
        #expect(try await server.request("POST", Self.path, token: Self.token, body: "{}").status == 503)
    }
}
