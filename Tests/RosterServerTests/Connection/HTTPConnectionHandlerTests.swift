import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RosterServer

@Suite("The handler of a connection")
@ConnectionThread
struct HTTPConnectionHandlerTests {
    nonisolated private static let get = "GET /api/v1/ai-providers HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test(
        "No response is retained once it is sent, however its request arrived",
        arguments: [
            [get], [get, get, get], [get + get], ["\r\n" + get], [String(get.prefix(20)), String(get.dropFirst(20))],
            [get.replacing("\r\n\r\n", with: "\r\nX-Padding: \(String(repeating: "x", count: 1_100))\r\n\r\n")],
            [get.replacing("GET", with: "HEAD")], [get.replacing("1.1", with: "1.0")],
        ]
    )
    func retainsNothing(_ pieces: [String]) async throws {
        let connection = try EmbeddedConnection(try await ResponderFixture().responder)
        for piece in pieces {
            connection.send(piece)
            #expect(connection.handler.stopRecording() == nil)
        }
        let sent = String(decoding: try connection.received(), as: UTF8.self)
        // An open server refuses HTTP/1.0.
        let expected = pieces.joined().ranges(of: "HTTP/1.1").count
        #expect(sent.ranges(of: "HTTP/1.1 200 OK").count == expected)
    }

    @Test(
        "A response is replayed unless it is a refusal",
        arguments: [(get, true), (get.replacing("providers", with: "providers/aip_0000000000000000"), false)]
    )
    func replays(request: String, isReplayed: Bool) async throws {
        for pipeline in EmbeddedConnection.Pipeline.allCases {
            let connection = try EmbeddedConnection(try await ResponderFixture().responder, pipeline)
            for _ in 0..<3 { connection.send(request) }
            let eventLoop = connection.eventLoop
            let (bytes, key) = (ByteBuffer(string: request), eventLoop.cacheKey(at: eventLoop.seconds))
            let entry = eventLoop.replayCache.entry(for: bytes, hash: ResponseReplayCache.hash(of: bytes), key)
            #expect((entry != nil) == (isReplayed && pipeline == .replaying))
            let responses = try connection.responses()
            #expect(responses.count == 3 && responses.allSatisfy { $0 == responses[0] })
        }
    }

    @Test(arguments: EmbeddedConnection.Pipeline.allCases)
    private func answersPipelinedRequestsOfEveryKindInOrder(_ pipeline: EmbeddedConnection.Pipeline) async throws {
        let connection = try EmbeddedConnection(try await ResponderFixture().responder, pipeline)
        let live = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let post = "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /"
        connection.send(live + post + live + live + post)
        connection.send(live)
        connection.send(Self.get + live)
        #expect(try connection.responses().map(\.status) == [200, 405, 200, 200, 405, 200, 200, 200])
    }

    @Test func sendsContinueOnlyToAClientThatWaits() async throws {
        let connection = try EmbeddedConnection(try await ResponderFixture().responder)
        let head = "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        connection.send(head)
        #expect(String(decoding: try connection.received(), as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
        connection.send("ab")
        #expect(try connection.responses().map(\.status) == [405])
        connection.send(head + "ab")
        let statuses = try connection.responses().map(\.status)
        #expect(statuses == [100, 405] || statuses == [405])
    }

    @Test func refusesOneConnectionTooMany() async throws {
        let responder = try await ResponderFixture().responder
        var limits = ServerLimits()
        limits.connections = 0
        let connection = try EmbeddedConnection(responder, limits: limits)
        connection.send(Self.get)
        let responses = try connection.responses()
        #expect(responses.map(\.status) == [503] && responses[0].closes)
    }
}
