import NIOCore
import NIOEmbedded
@testable import RosterServer

/// The responses to a connection's bytes are the same however the bytes are divided and decoded, and each is well-formed.
struct HTTPRequestCheck: Sendable {
    private let responder: HTTPResponder

    init() async throws { responder = try await ServedRegistry().responder() }

    /// The first byte selects where the connection's bytes are divided.
    func check(_ input: [UInt8]) throws {
        guard let selector = input.first else { return }
        let bytes = Array(input.dropFirst())
        // The responses to these methods are made on other threads.
        let text = String(decoding: bytes, as: UTF8.self)
        guard !["POST", "PATCH", "DELETE"].contains(where: text.contains) else { return }
        let whole = try responses(to: [bytes])
        try checkForm(of: whole)
        let reference = try responses(to: [bytes], decodesPlainHeads: false)
        try require(reference == whole, "with the decoder of swift-nio alone:\n\(reference)\ninstead of\n\(whole)")
        let position = bytes.count * Int(selector) / 256
        let halves = try responses(to: [Array(bytes[..<position]), Array(bytes[position...])])
        try require(halves == whole, "divided at \(position):\n\(halves)\ninstead of\n\(whole)")
        let single = try responses(to: bytes.map { [$0] })
        try require(single == whole, "byte by byte:\n\(single)\ninstead of\n\(whole)")
    }

    /// Returns everything that a connection sends after these pieces, without the fields that differ each time.
    private func responses(to pieces: [[UInt8]], decodesPlainHeads: Bool = true) throws -> String {
        let channel = EmbeddedChannel()
        let loop = EventLoopContext(
            responder: responder,
            limits: ServerLimits(),
            requestLog: RequestLog(.text, to: LogSink(descriptor: -1)),
            connectionCounter: ConnectionCounter(responder.metrics),
            eventLoop: channel.eventLoop
        )
        try HTTPConnectionHandler.addPipeline(
            to: channel,
            loop,
            replaysResponses: true,
            decodesPlainHeads: decodesPlainHeads
        )
        for piece in pieces { _ = try? channel.writeInbound(ByteBuffer(bytes: piece)) }
        var sent: [UInt8] = []
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { sent += Array(bytes.readableBytesView) }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return Self.withoutVaryingFields(sent)
    }

    private static func withoutVaryingFields(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.hasPrefix("Date: ") && !$0.hasPrefix("X-Request-Id: ") }.joined(separator: "\r\n")
    }

    /// Checks the chunks of an event stream, which is the last response of its connection.
    private func checkChunks(_ text: Substring) throws {
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\r") }
            guard let length = Int(String(line) ?? "", radix: 16), rest.count >= line.count + length + 4 else {
                throw FuzzFailure(description: "a chunk is not whole: \(text)")
            }
            rest = rest.dropFirst(line.count + length + 4)
        }
    }

    /// Checks that the responses follow each other without a byte between them.
    private func checkForm(of responses: String) throws {
        var rest = responses.utf8[...]
        while !rest.isEmpty {
            let text = String(decoding: rest, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else {
                throw FuzzFailure(description: "a head has no end: \(text)")
            }
            let lines = text[..<end.lowerBound].split(separator: "\r\n")
            let words = lines.first?.split(separator: " ") ?? []
            guard words.count > 1, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
                throw FuzzFailure(description: "a response has no status line: \(text)")
            }
            if lines.contains("Transfer-Encoding: chunked") {
                return try checkChunks(text[end.upperBound...])
            }
            let field = lines.first { $0.hasPrefix("Content-Length: ") }
            let length = field.flatMap { Int($0.dropFirst("Content-Length: ".count)) } ?? 0
            let body = rest.dropFirst(text[..<end.upperBound].utf8.count)
            // A response to HEAD has the length of a body that is not sent.
            let hasBody = !body.isEmpty && !body.starts(with: "HTTP/1.1 ".utf8) && ![100, 204, 304].contains(status)
            try require(!hasBody || body.count >= length, "a body has \(body.count) bytes instead of \(length)")
            rest = hasBody ? body.dropFirst(length) : body
        }
    }
}
