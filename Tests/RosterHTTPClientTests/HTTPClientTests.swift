import RosterModel
import Testing

@testable import RosterHTTPClient

@Suite("The HTTP client")
struct HTTPClientTests {
    static func client(
        _ environment: [String: String] = [:],
        _ change: (inout HTTPClientConfiguration) -> Void = { _ in }
    ) throws -> HTTPClient {
        var configuration = try HTTPClientConfiguration(
            resolver: NameResolver { _ in [.ipv4(IPv4Address(value: 0x7F00_0001))] },
            environment: { environment[$0] }
        )
        change(&configuration)
        return HTTPClient(configuration)
    }

    /// Times that the load of other tests does not reach.
    static var patient: HTTPTiming {
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) =
            (.seconds(300), .seconds(300), .seconds(300), .seconds(300))
        return timing
    }

    static func ok(_ body: String, _ fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
    }

    /// Sends a request and reads the whole answer.
    static func read(
        _ client: HTTPClient,
        _ request: HTTPRequest,
        _ timing: HTTPTiming = patient
    ) async throws(HTTPFailure) -> String {
        let response = try await client.send(request, timing: timing)
        return "\(response.status) " + String(decoding: try await response.body.whole(limit: 1 << 20), as: UTF8.self)
    }

    @Test func sendsARequest() async throws {
        let server = try await ScriptedServer { _ in [.send(Self.ok("hello", "ETag: W/\"a\"\r\n"))] }
        let request = HTTPRequest(
            "PUT",
            server.origin(),
            "/a?b=c",
            fields: [("X-A", "1"), ("X-A", "2")],
            body: Array("body".utf8)
        )
        let response = try await Self.client().send(request, timing: Self.patient)
        #expect(response.status == 200 && response.field("etag") == "W/\"a\"")
        #expect(try await response.body.whole(limit: 5) == Array("hello".utf8))
        #expect(
            server.record.requests.first?.text
                == "PUT /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 4\r\n\r\nbody"
        )
    }

    @Test func keepsAConnectionForTheNextRequest() async throws {
        let server = try await ScriptedServer { [.send(Self.ok("\($0.number)"))] }
        let client = try Self.client()
        for number in 1...20 {
            #expect(try await Self.read(client, HTTPRequest("GET", server.origin(), "/")) == "200 \(number)")
        }
        #expect(server.record.connections == 1)
    }

    @Test func sendsSeveralRequestsAtATime() async throws {
        let server = try await ScriptedServer { request in
            request.path == "/watch"
                ? [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")]
                : [.send(Self.ok("range"))]
        }
        let client = try Self.client()
        let watch = try await client.send(HTTPRequest("POST", server.origin(), "/watch"), timing: Self.patient)
        for _ in 0..<3 {
            let answer = try await Self.read(client, HTTPRequest("POST", server.origin(), "/range"))
            #expect(answer == "200 range")
        }
        #expect(try await watch.body.next() == Array("first".utf8))
        #expect(server.record.connections == 2)
        watch.body.cancel()
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
        await #expect(throws: HTTPFailure.cancelled) { try await watch.body.next() }
    }

    @Test func connectsAgainWhenTheServerClosedAnIdleConnection() async throws {
        let server = try await ScriptedServer { [.send(Self.ok("\($0.connection)")), .close] }
        let client = try Self.client()
        var ends = server.ends.makeAsyncIterator()
        for connection in 1...5 {
            #expect(try await Self.read(client, HTTPRequest("GET", server.origin(), "/")) == "200 \(connection)")
            await ends.next()
        }
    }

    @Test("Sends a request again that a kept connection did not answer", arguments: ["GET", "HEAD", "PUT"])
    func repeatsOnce(method: String) async throws {
        let server = try await ScriptedServer { request in
            request.number == 1 ? [.send(Self.ok(method == "HEAD" ? "" : "a"))] : [.close]
        }
        let client = try Self.client()
        let request = HTTPRequest(method, server.origin(), "/")
        let first = try await Self.read(client, request)
        #expect(first == (method == "HEAD" ? "200 " : "200 a"))
        #expect(try await Self.read(client, request) == first)
        #expect(server.record.connections == 2 && server.record.requests.count == 3)
    }

    @Test func doesNotRepeatAPost() async throws {
        let server = try await ScriptedServer { $0.number == 1 ? [.send(Self.ok("a"))] : [.close] }
        let client = try Self.client()
        let request = HTTPRequest("POST", server.origin(), "/")
        _ = try await Self.read(client, request)
        await #expect(throws: HTTPFailure.closed) { try await Self.read(client, request) }
        #expect(server.record.requests.count == 2)
    }

    @Test func doesNotRepeatAfterAByteOfAnAnswer() async throws {
        let server = try await ScriptedServer { $0.number == 1 ? [.send(Self.ok("a"))] : [.send("H"), .close] }
        let client = try Self.client()
        let request = HTTPRequest("GET", server.origin(), "/")
        _ = try await Self.read(client, request)
        await #expect(throws: HTTPFailure.closed) { try await Self.read(client, request) }
        #expect(server.record.requests.count == 2)
    }

    @Test func repeatsOnlyOnce() async throws {
        let server = try await ScriptedServer { request in
            request.connection == 1 && request.number == 1 ? [.send(Self.ok("a"))] : [.close]
        }
        let client = try Self.client()
        let request = HTTPRequest("GET", server.origin(), "/")
        _ = try await Self.read(client, request)
        await #expect(throws: HTTPFailure.closed) { try await Self.read(client, request) }
        #expect(server.record.requests.count == 3)
    }
}
