import NIOCore
import NIOHTTP1
import RosterModel

/// A request whose body is being received.
final class IncomingRequest {
    /// The request without its body.
    let request: Request
    /// The body so far; nil without one, and empty when the response does not depend on it.
    private var body: ByteBuffer?
    private var bodyLength = 0
    private let needsBody: Bool
    /// The number of bytes of the body at most.
    let bodyLimit: Int
    private let targetLength: Int
    let isHTTP10: Bool
    /// A Boolean value that indicates whether another request may follow on the same connection.
    let keepsAlive: Bool

    init(_ head: HTTPRequestHead, _ context: EventLoopContext) {
        request = Request(head, time: Timestamp(secondsSince1970: context.seconds)) { context.nextRequestID() }
        needsBody = context.responder.needsBody(of: request)
        bodyLimit = request.isSignIn ? min(SignInForm.limit, context.limits.bodyBytes) : context.limits.bodyBytes
        targetLength = head.uri.utf8.count
        isHTTP10 = head.version.minor == 0
        // After these the decoder no longer decodes HTTP.
        let isUpgrade = head.method == .CONNECT || request.fields.hasUpgrade
        keepsAlive = head.isKeepAlive && !isUpgrade
    }

    /// Returns a substitute for a request that could not be read.
    static func unreadable(_ context: EventLoopContext) -> Request {
        let head = HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: "-")
        return Request(head, time: Timestamp(secondsSince1970: context.seconds)) { context.nextRequestID() }
    }

    /// Returns the reason for which the head is refused; nil when it is accepted.
    func problem(_ limits: ServerLimits) -> Problem? {
        // Half of the limit of a head, so that a long target is distinguished from many fields.
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
        if let length = request.fields.contentLength, length > bodyLimit { return .bodyTooLarge(limit: bodyLimit) }
        if let expect = request.fields.expect, expect.lowercased() != "100-continue" {
            return Problem(417, "expectation-failed", "The expectation is unknown", "only 100-continue is known")
        }
        return nil
    }

    /// A Boolean value that indicates whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool { request.fields.expect != nil && !isHTTP10 }

    /// Appends a piece of the body; returns false when the body is too long with it.
    ///
    /// A body on which the response does not depend is counted, and not kept.
    func append(_ piece: ByteBuffer) -> Bool {
        bodyLength += piece.readableBytes
        guard bodyLength <= bodyLimit else { return false }
        if !needsBody {
            body = ByteBuffer()
        } else if body == nil {
            body = piece
        } else {
            body?.writeImmutableBuffer(piece)
        }
        return true
    }

    /// Returns the request with the body received so far.
    ///
    /// The address from which the connection was made is read only for a request whose response depends on it.
    func complete(from address: @autoclosure () -> SocketAddress?) -> Request {
        guard request.isSignIn else { return body.map { Request(request, body: $0) } ?? request }
        return Request(request, body: body, from: ClientAddress(address()?.ipAddress ?? ""))
    }
}
