import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RosterServer

@Suite("One connection")
struct HTTPConnectionHandlerTests {
    private static let get = "GET /api/v1/ai-providers HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func connection() async throws -> (EmbeddedChannel, HTTPConnectionHandler, EventLoopContext) {
        let responder = try await ResponderFixture().responder
        let channel = EmbeddedChannel()
        let loop = EventLoopContext(
            responder: responder,
            limits: ServerLimits(),
            requestLog: RequestLog(.text, to: LogSink(descriptor: -1)),
            connectionCounter: ConnectionCounter(responder.metrics),
            eventLoop: channel.eventLoop
        )
        let timing = RequestTimingHandler(mostHeadBytes: ServerLimits().headBytes)
        let handler = HTTPConnectionHandler(loop: loop, timing: timing)
        try channel.pipeline.syncOperations.addHandlers([
            timing, ByteToMessageHandler(HTTPRequestDecoder()), handler,
        ])
        return (channel, handler, loop)
    }

    @Test(
        "No answer stays with a connection once it is sent, however its request came",
        arguments: [
            [get], [get, get, get], [get + get], ["\r\n" + get], [String(get.prefix(20)), String(get.dropFirst(20))],
            [get.replacing("\r\n\r\n", with: "\r\nX-Padding: \(String(repeating: "x", count: 1_100))\r\n\r\n")],
            [get.replacing("GET", with: "HEAD")], [get.replacing("1.1", with: "1.0")],
        ]
    )
    func holdsNothing(_ pieces: [String]) async throws {
        let (channel, handler, _) = try await Self.connection()
        for piece in pieces {
            try channel.writeInbound(ByteBuffer(string: piece))
            #expect(handler.repeatable == nil)
        }
        var sent = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { sent += String(buffer: bytes) }
        // An open server refuses HTTP/1.0.
        let wanted = pieces.joined().ranges(of: "HTTP/1.1").count
        #expect(sent.ranges(of: "HTTP/1.1 200 OK").count == wanted)
        _ = try? channel.finish()
    }

    @Test(
        "What is answered again from memory was no refusal",
        arguments: [(get, true), (get.replacing("providers", with: "providers/aip_0000000000000000"), false)]
    )
    func remembers(request: String, isRemembered: Bool) async throws {
        let (channel, _, loop) = try await Self.connection()
        let bytes = ByteBuffer(string: request)
        for _ in 0..<3 { try channel.writeInbound(bytes) }
        let known = loop.replayCache.answered(bytes, in: loop.cacheKey(at: loop.seconds))
        #expect((known != nil) == isRemembered)
        _ = try? channel.finish()
    }
}
