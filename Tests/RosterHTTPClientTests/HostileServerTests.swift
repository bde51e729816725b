import RosterModel
import RosterTestSupport
import Testing

@testable import RosterHTTPClient

@Suite("Servers that do not follow HTTP")
struct HostileServerTests {
    typealias Step = ScriptedServer.Step

    private static let head = "HTTP/1.1 200 OK\r\n"

    private func result(
        of steps: [Step],
        _ method: String = "GET",
        _ timing: HTTPTiming = HTTPClientTests.patient
    ) async throws -> Result<String, HTTPFailure> {
        let server = try await ScriptedServer { _ in steps }
        let client = try HTTPClientTests.client()
        let request = HTTPRequest(method, server.origin(), "/")
        do throws(HTTPFailure) { return .success(try await HTTPClientTests.read(client, request, timing)) } catch {
            return .failure(error)
        }
    }

    @Test(
        "Refuses a body that is cut off",
        arguments: [
            head + "Content-Length: 10\r\n\r\nhello", head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", head + "Transfer-Encoding: chunked\r\n\r\n5",
            head + "Content-Len", "", "H",
        ]
    )
    func cut(answer: String) async throws {
        #expect(try await result(of: [.send(answer), .close]) == .failure(.closed))
    }

    @Test(
        "Refuses heads that two readers could understand differently",
        arguments: [
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", "Content-Length: 2, 2\r\n\r\nab",
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: identity\r\n\r\nabc",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length: -1\r\n\r\n", "Content-Length: 0x2\r\n\r\nab", "Content-Length:\r\n\r\n",
            "Content-Length: 99999999999999999999\r\n\r\n", "A b: c\r\n\r\n", ": c\r\n\r\n",
        ]
    )
    func ambiguous(rest: String) async throws {
        #expect(try await result(of: [.send(Self.head + rest), .close]) == .failure(.malformed))
    }

    @Test func refusesHugeHeads() async throws {
        let many = (0..<101).map { "A\($0): b\r\n" }.joined()
        let long = "A: " + String(repeating: "b", count: 17_000) + "\r\n"
        for fields in [many, long] {
            #expect(try await result(of: [.send(Self.head + fields + "\r\n"), .close]) == .failure(.tooLarge))
        }
        let allowed = (0..<99).map { "A\($0): b\r\n" }.joined()
        #expect(try await result(of: [.send(Self.head + allowed + "Content-Length: 0\r\n\r\n")]) == .success("200 "))
    }

    @Test func skipsInterimResponsesUpToALimit() async throws {
        let interim = "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
        func answer(_ count: Int) -> [Step] {
            [.send(String(repeating: interim, count: count) + HTTPClientTests.ok("a"))]
        }
        #expect(try await result(of: answer(16)) == .success("200 a"))
        #expect(try await result(of: answer(17)) == .failure(.malformed))
        #expect(try await result(of: [.send("HTTP/1.1 101 Switching Protocols\r\n\r\n")]) == .failure(.malformed))
    }

    @Test func readsAnswersThatAreSplitAnywhere() async throws {
        let chunked = Self.head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nT: 1\r\n\r\n"
        #expect(try await result(of: [.trickle(chunked)]) == .success("200 abc"))
        #expect(try await result(of: [.trickle(HTTPClientTests.ok("abc"))]) == .success("200 abc"))
        for position in 1..<chunked.utf8.count {
            let bytes = Array(chunked.utf8)
            let steps: [Step] = [.bytes(Array(bytes[..<position])), .bytes(Array(bytes[position...]))]
            #expect(try await result(of: steps) == .success("200 abc"), "\(position)")
        }
    }

    @Test func readsABodyUntilTheEndOfTheConnection() async throws {
        #expect(try await result(of: [.send(Self.head + "\r\nabc"), .close]) == .success("200 abc"))
        #expect(try await result(of: [.send("HTTP/1.0 200 OK\r\n\r\nabc"), .close]) == .success("200 abc"))
    }

    @Test("Expects no body where none is allowed", arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func bodiless(method: String, status: Int) async throws {
        let answer = "HTTP/1.1 \(status) X\r\n" + (status == 204 ? "" : "Content-Length: 10\r\n") + "\r\n"
        #expect(try await result(of: [.send(answer)], method) == .success("\(status) "))
    }

    @Test func closesAConnectionWithBytesThatWereNotRequested() async throws {
        let server = try await ScriptedServer { _ in [.send(HTTPClientTests.ok("a") + HTTPClientTests.ok("b"))] }
        let client = try HTTPClientTests.client()
        var ends = server.ends.makeAsyncIterator()
        for _ in 0..<3 {
            let answer = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/"))
            #expect(answer == "200 a")
            await ends.next()
        }
        #expect(server.record.connections == 3)
    }

    @Test(
        "Ends exchanges that take too long",
        arguments: [
            ([], HTTPFailure.headTimeout), ([.send(head)], .headTimeout),
            ([.send(head + "Content-Length: 5\r\n\r\nab")], .stalled),
        ] as [([Step], HTTPFailure)]
    )
    func slow(steps: [Step], failure: HTTPFailure) async throws {
        var timing = HTTPClientTests.patient
        if failure == .headTimeout { timing.head = .milliseconds(50) } else { timing.stall = .milliseconds(50) }
        #expect(try await result(of: steps, "GET", timing) == .failure(failure))
        timing = HTTPClientTests.patient
        timing.total = .milliseconds(1_500)
        let total = try await result(of: steps, "GET", timing)
        // The machine may be too busy to connect in this time.
        #expect([.failure(.totalTimeout), .failure(.connectTimeout)].contains(total))
    }

    @Test func stopsAtTheLimitOfABody() async throws {
        let server = try await ScriptedServer { _ in
            [.send(Self.head + "Content-Length: 100000000\r\n\r\n"), .bytes(Array(repeating: 0, count: 50_000_000))]
        }
        let client = try HTTPClientTests.client()
        let response = try await client.send(HTTPRequest("GET", server.origin(), "/"), timing: HTTPClientTests.patient)
        await #expect(throws: HTTPFailure.tooLarge) { try await response.body.whole(limit: 65_536) }
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
    }

    @Test func readsNoMoreThanItsReaderTakes() async throws {
        let size = 64 << 20
        let server = try await ScriptedServer { request in
            request.path == "/large"
                ? [
                    .send(Self.head + "Content-Length: \(size)\r\n\r\n"),
                    .lastBytes(Array(repeating: 7, count: size)),
                ]
                : [.send(HTTPClientTests.ok("a"))]
        }
        let client = try HTTPClientTests.client()
        let large = try await client.send(
            HTTPRequest("GET", server.origin(), "/large"),
            timing: HTTPClientTests.patient
        )
        // Loopback carries all of it in a fraction of this time, and the server then ends the connection.
        for _ in 0..<300 {
            _ = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/"))
        }
        #expect(server.record.ended == 0)
        var count = 0
        while let part = try await large.body.next() { count += part.count }
        #expect(count == size)
    }

    @Test("Ends the connection of a task that is cancelled", arguments: [false, true])
    func cancellation(hasHead: Bool) async throws {
        let server = try await ScriptedServer { _ in hasHead ? [.send(Self.head + "Content-Length: 5\r\n\r\n")] : [] }
        let client = try HTTPClientTests.client()
        let task = Task {
            try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/"))
        }
        var requests = server.requests.makeAsyncIterator()
        _ = await requests.next()
        task.cancel()
        await #expect(throws: HTTPFailure.cancelled) { try await task.value }
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
    }

    @Test func endsTheConnectionOfABodyThatIsNotRead() async throws {
        let server = try await ScriptedServer { _ in [.send(Self.head + "Content-Length: 5\r\n\r\n")] }
        let client = try HTTPClientTests.client()
        _ = try await client.send(HTTPRequest("GET", server.origin(), "/"), timing: HTTPClientTests.patient)
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
    }

    @Test func endsIdleConnectionsWithTheClient() async throws {
        let server = try await ScriptedServer { _ in [.send(HTTPClientTests.ok("a"))] }
        var client: HTTPClient? = try HTTPClientTests.client()
        if let client { _ = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/")) }
        client = nil
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
    }

    @Test func endsConnectionsThatAreIdleForTooLong() async throws {
        let server = try await ScriptedServer { _ in [.send(HTTPClientTests.ok("a"))] }
        let client = try HTTPClientTests.client { $0.idleTime = .milliseconds(10) }
        _ = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/"))
        var ends = server.ends.makeAsyncIterator()
        await ends.next()
        _ = try await HTTPClientTests.read(client, HTTPRequest("GET", server.origin(), "/"))
        #expect(server.record.connections == 2)
    }

    @Test func keepsAtMostFourIdleConnections() async throws {
        // A body that is not read yet keeps its connection busy.
        let size = 8 << 20
        let server = try await ScriptedServer { _ in
            [.send(Self.head + "Content-Length: \(size)\r\n\r\n"), .bytes(Array(repeating: 1, count: size))]
        }
        let client = try HTTPClientTests.client()
        let request = HTTPRequest("GET", server.origin(), "/")
        var bodies: [any HTTPBody] = []
        for _ in 0..<6 { bodies.append(try await client.send(request, timing: HTTPClientTests.patient).body) }
        for body in bodies { #expect(try await body.whole(limit: size).count == size) }
        var ends = server.ends.makeAsyncIterator()
        for _ in 0..<2 { await ends.next() }
        _ = try await client.send(request, timing: HTTPClientTests.patient).body.whole(limit: size)
        #expect(server.record.connections == 6 && server.record.ended == 2)
    }

    @Test func sendsNothingToAddressesOfMetadata() async throws {
        let client = try HTTPClientTests.client { configuration in
            configuration.resolver = NameResolver { _ in [.ipv4(IPv4Address(value: 0xA9FE_A9FE))] }
        }
        for host in ["169.254.169.254", "rebound.example.com"] {
            let origin = Origin(scheme: .http, host: try Host(parsing: host[...]), port: 80)
            await #expect(throws: HTTPFailure.forbiddenAddress("169.254.169.254")) {
                try await HTTPClientTests.read(client, HTTPRequest("GET", origin, "/"))
            }
        }
    }

    @Test func refusesRequestsThatWouldBeTwo() async throws {
        let server = try await ScriptedServer { _ in [.send(HTTPClientTests.ok("a"))] }
        let client = try HTTPClientTests.client()
        var field = HTTPRequest("GET", server.origin(), "/")
        field.fields = [("A", "b\r\nC: d")]
        let requests = [
            HTTPRequest("GET", server.origin(), "/ HTTP/1.1\r\nA: b"), HTTPRequest("GET /x", server.origin(), "/"),
            field,
        ]
        for request in requests {
            await #expect(throws: HTTPFailure.malformed) { try await HTTPClientTests.read(client, request) }
        }
        #expect(server.record.requests.isEmpty)
    }

    @Test func triesEveryAddress() async throws {
        let server = try await ScriptedServer { _ in [.send(HTTPClientTests.ok("a"))] }
        let client = try HTTPClientTests.client { configuration in
            configuration.resolver = NameResolver { _ in
                [.ipv6(IPv6Address(high: 0, low: 1)), .ipv4(IPv4Address(value: 0x7F00_0001))]
            }
        }
        let origin = server.origin(.http, .name("both.example.com"))
        #expect(try await HTTPClientTests.read(client, HTTPRequest("GET", origin, "/")) == "200 a")
    }

    @Test func survivesRandomAnswers() async throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        let seeds = [
            HTTPClientTests.ok("abc"), Self.head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
            "HTTP/1.1 103 X\r\n\r\n" + HTTPClientTests.ok("abc"), Self.head + "\r\nabc",
        ]
        for _ in 0..<300 {
            var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: position)
                default: bytes.insert(contentsOf: Array(bytes[position...].prefix(20)), at: position)
                }
            }
            switch try await result(of: [.bytes(bytes), .close]) {
            case .success(let text): #expect(text.utf8.count < 1_000, "seed \(seed)")
            case .failure(let failure): #expect([.closed, .malformed].contains(failure), "seed \(seed): \(failure)")
            }
        }
    }
}
