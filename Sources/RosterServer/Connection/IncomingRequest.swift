import NIOCore
import NIOHTTP1
import RosterModel

/// A request whose body is still coming in.
final class IncomingRequest {
    /// When its head was complete.
    let start: NIODeadline
    /// The request without its body.
    let request: Request
    /// Nil without one; empty when nobody reads it.
    private var body: ByteBuffer?
    private var bodyLength = 0
    private let needsBody: Bool
    private let targetLength: Int
    let isHTTP10: Bool
    /// Whether the client wants another request's answer on the same connection.
    let keepsAlive: Bool

    init(_ head: HTTPRequestHead, _ loop: EventLoopContext, at start: NIODeadline) {
        self.start = start
        request = Request(head, time: Timestamp(secondsSince1970: loop.seconds)) { loop.nextRequestID() }
        needsBody = loop.responder.needsBody(of: request)
        targetLength = head.uri.utf8.count
        isHTTP10 = head.version.minor == 0
        // Behind these the decoder takes nothing for HTTP any more.
        let isUpgrade = head.method == .CONNECT || request.fields.hasUpgrade
        keepsAlive = head.isKeepAlive && !isUpgrade
    }

    /// What stands for a request that could not be read.
    static func unreadable(_ loop: EventLoopContext) -> Request {
        let head = HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: "-")
        return IncomingRequest(head, loop, at: .now()).request
    }

    /// Why it is not let in; nil when it is.
    func problem(_ limits: ServerLimits) -> Problem? {
        // Half of what a head may have: so a long target is told from many fields.
        if targetLength > limits.headBytes / 2 { return .targetTooLong(limits) }
        let hosts = request.fields.hostCount
        if hosts > 1 || (hosts == 0 && !isHTTP10) {
            return .badRequest("a request has exactly one Host field")
        }
        switch request.fields.transferCoding {
        case .none: break
        case .other: return .unknownTransferCoding
        case .chunked where isHTTP10 || request.fields.contentLength != nil: return .malformed
        case .chunked: break
        }
        if let length = request.fields.contentLength, length > limits.bodyBytes { return .bodyTooLarge(limits) }
        if let expect = request.fields.expect, expect.lowercased() != "100-continue" {
            return Problem(417, "expectation-failed", "The expectation is unknown", "only 100-continue is known")
        }
        return nil
    }

    /// Whether the client sends the body only when it is told to.
    var expectsContinue: Bool { request.fields.expect != nil && !isHTTP10 }

    /// Takes a piece of the body; false when it makes the body too large.
    ///
    /// A body that the answer does not depend on is counted, and not kept.
    func append(_ piece: ByteBuffer, limit: Int) -> Bool {
        bodyLength += piece.readableBytes
        guard bodyLength <= limit else { return false }
        if !needsBody {
            body = ByteBuffer()
        } else if body == nil {
            body = piece
        } else {
            body?.writeImmutableBuffer(piece)
        }
        return true
    }

    /// The request, now that all of it is there.
    var complete: Request { body.map { Request(request, body: $0) } ?? request }
}

extension Problem {
    static let malformed = Problem(
        400,
        "bad-request",
        "This is no HTTP request",
        "the request is not well-formed HTTP/1.1"
    )

    /// What RFC 9112, section 6.1, has a server answer to a transfer coding that it does not know.
    static let unknownTransferCoding = Problem(
        501,
        "unknown-transfer-coding",
        "The transfer coding is unknown",
        "send the body with Content-Length, or with Transfer-Encoding: chunked and no other coding"
    )

    static let tooSlow = Problem(408, "timeout", "The request took too long", "send a request in one go")

    static func targetTooLong(_ limits: ServerLimits) -> Problem {
        Problem(
            414,
            "uri-too-long",
            "The path is too long",
            "path and query have at most \(limits.headBytes / 2) bytes"
        )
    }

    static func headTooLarge(_ limits: ServerLimits) -> Problem {
        Problem(
            431,
            "head-too-large",
            "The header is too large",
            "the header fields have at most \(limits.headBytes) bytes, and there are at most \(limits.headerFields)"
        )
    }

    static func bodyTooLarge(_ limits: ServerLimits) -> Problem {
        Problem(413, "body-too-large", "The body is too large", "a body has at most \(limits.bodyBytes) bytes")
    }
}
