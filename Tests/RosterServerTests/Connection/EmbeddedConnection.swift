import NIOCore
import NIOEmbedded
import NIOHTTP1
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

/// A connection without a socket: the pipeline of a server's connection in an embedded channel.
@ConnectionThread
final class EmbeddedConnection {
    /// The decoders of a pipeline.
    enum Pipeline: CaseIterable, Sendable {
        case replaying, decoding
        /// The decoder of swift-nio alone.
        case onlyNIO
    }

    let channel = EmbeddedChannel()
    let eventLoop: EventLoopContext
    let handler: HTTPConnectionHandler
    private var parser = HTTPAnswerParser()

    init(
        _ responder: HTTPResponder,
        limits: ServerLimits = ServerLimits(),
        _ pipeline: Pipeline = .replaying,
        logTo sink: LogSink = LogSink(descriptor: -1)
    ) throws {
        eventLoop = EventLoopContext(
            responder: responder,
            limits: limits,
            requestLog: RequestLog(.text, to: sink),
            connectionCounter: ConnectionCounter(responder.metrics),
            eventLoop: channel.eventLoop
        )
        handler = try HTTPConnectionHandler.addPipeline(
            to: channel,
            eventLoop,
            replaysResponses: pipeline == .replaying,
            decodesPlainHeads: pipeline != .onlyNIO
        )
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 4100)).wait()
    }

    /// Receives bytes from the client; those after the end of the connection are lost.
    func send(_ bytes: some Collection<UInt8>) { _ = try? channel.writeInbound(ByteBuffer(bytes: bytes)) }

    func send(_ text: String) { send(text.utf8) }

    /// Closes the client's half.
    func endInput() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        channel.embeddedEventLoop.run()
    }

    /// Notifies the connection that another snapshot is served, as the signal does.
    func noteChange() {
        eventLoop.listeners.wake()
        channel.embeddedEventLoop.run()
    }

    /// Sends a `GET` request with a token.
    func get(_ target: String, _ token: ServedRepository.Token?, _ fields: [String] = [], method: String = "GET") {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1"]
        if let token { lines.append("Authorization: Bearer \(token.text)") }
        send((lines + fields).joined(separator: "\r\n") + "\r\n\r\n")
    }

    /// Returns everything that was sent to the client since the last call.
    func received() throws -> [UInt8] {
        channel.embeddedEventLoop.run()
        var bytes: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
        return bytes
    }

    /// Returns the responses that were sent to the client since the last call.
    func responses() throws -> [ReceivedResponse] { try ReceivedResponse.parse(try received()) }

    /// Returns the next response; nil when there is none.
    func answer(isToHead: Bool = false) throws -> HTTPAnswer? {
        parser.append(try received())
        return try parser.next(isToHead: isToHead)
    }

    /// Returns the bytes that were sent after the responses that were read.
    func rest() throws -> [UInt8] {
        parser.append(try received())
        return parser.takeBytes()
    }

    /// Writes the lines of the connection to the log.
    func flushLog() { eventLoop.flushLog() }

    isolated deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }
}

/// A response as the client of an ``EmbeddedConnection`` reads it.
struct ReceivedResponse: Equatable {
    var status: Int
    /// The fields except `Date` and `X-Request-Id`, which differ from one response to the next.
    var fields: [String]
    var body: String

    var closes: Bool { fields.contains("Connection: close") }

    static func parse(_ bytes: [UInt8]) throws -> [ReceivedResponse] {
        var (rest, responses) = (bytes[...], [ReceivedResponse]())
        while !rest.isEmpty {
            let end = try #require(rest.firstRange(of: Array("\r\n\r\n".utf8)), "a head without an end")
            let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).components(at: "\r\n")
            let words = lines[0].split(separator: " ")
            try #require(words.count >= 3 && words[0] == "HTTP/1.1", "\(lines[0])")
            let status = try #require(Int(words[1]))
            let fields = lines.dropFirst().filter { !$0.hasPrefix("Date: ") && !$0.hasPrefix("X-Request-Id: ") }
            let length = fields.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
            rest = rest[end.upperBound...]
            try #require(rest.count >= length, "a body of \(rest.count) of \(length) bytes")
            let body = String(decoding: rest.prefix(length), as: UTF8.self)
            responses.append(ReceivedResponse(status: status, fields: Array(fields), body: body))
            rest = rest.dropFirst(length)
        }
        return responses
    }
}

extension String {
    fileprivate func components(at separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
