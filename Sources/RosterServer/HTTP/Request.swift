import NIOCore
import NIOHTTP1
import RosterBytes
import RosterModel

/// A request that was received whole and within the limits.
///
/// A class, since each copy of a structure would retain a dozen of its members.
final class Request: Sendable {
    let method: HTTPMethod
    let isHTTP11: Bool
    let target: RequestTarget
    let fields: RequestFields
    /// The body; nil when there is none.
    let body: ByteBuffer?
    /// The address from which the connection was made; ``ClientAddress/unknown`` where no response depends on it.
    let peer: ClientAddress
    /// The name of the request in the log and in the response.
    let id: RequestID
    /// A Boolean value that indicates whether the client named the request.
    let hasOwnID: Bool
    /// The time at which the head was complete.
    let time: Timestamp

    private init(
        _ method: HTTPMethod,
        isHTTP11: Bool,
        _ target: RequestTarget,
        _ fields: RequestFields,
        time: Timestamp,
        makeID: () -> RequestID
    ) {
        self.method = method
        self.isHTTP11 = isHTTP11
        self.target = target
        self.fields = fields
        body = nil
        peer = .unknown
        let own = RequestID(fields.requestID)
        (id, hasOwnID) = (own ?? makeID(), own != nil)
        self.time = time
    }

    /// Creates a request from the head that a decoder produced; `makeID` names it when the client did not.
    convenience init(_ head: HTTPRequestHead, time: Timestamp, makeID: () -> RequestID) {
        self.init(
            head.method,
            isHTTP11: head.version == .http1_1,
            RequestTarget(head.uri),
            RequestFields(head.headers),
            time: time,
            makeID: makeID
        )
    }

    /// Creates a request from a plain head at the start of `bytes`.
    convenience init(_ head: PlainRequestHead, in bytes: ByteBuffer, time: Timestamp, makeID: () -> RequestID) {
        let start = bytes.readerIndex
        let target = bytes.getString(at: start + head.target.lowerBound, length: head.target.count)
        let lines = bytes.getSlice(at: start + head.fieldLines.lowerBound, length: head.fieldLines.count)
        self.init(
            head.isHead ? .HEAD : .GET,
            isHTTP11: true,
            RequestTarget(target ?? ""),
            RequestFields(lines: lines ?? ByteBuffer(), index: head.index),
            time: time,
            makeID: makeID
        )
    }

    /// Creates a request with the body that followed its head.
    init(_ request: Request, body: ByteBuffer?, from peer: ClientAddress = .unknown) {
        method = request.method
        isHTTP11 = request.isHTTP11
        target = request.target
        fields = request.fields
        self.body = body
        self.peer = peer
        (id, hasOwnID) = (request.id, request.hasOwnID)
        time = request.time
    }

    /// Creates a request that is evaluated again at a later time.
    init(_ request: Request, at time: Timestamp, fields: RequestFields) {
        method = request.method
        isHTTP11 = request.isHTTP11
        target = request.target
        self.fields = fields
        (body, peer) = (request.body, request.peer)
        (id, hasOwnID) = (request.id, request.hasOwnID)
        self.time = time
    }

    /// A Boolean value that indicates whether the response has no body.
    var isHead: Bool { method == .HEAD }

    /// A Boolean value that indicates whether the request reads, and changes nothing.
    var isReading: Bool { method == .GET || method == .HEAD }

    /// A Boolean value that indicates whether the request has the form of the sign-in page.
    var isSignIn: Bool {
        guard case .page(.signIn) = target.route else { return false }
        return method == .POST
    }

    /// A Boolean value that indicates whether the response depends only on the bytes of the request, the snapshot and the
    /// day.
    var isRepeatable: Bool { isReading && target.route.isOfRecords && body == nil && fields.expect == nil }
}

/// The name of a request: the client's, or one that Roster generated.
struct RequestID: Sendable, Hashable {
    let text: String

    /// Creates the name that a client sent: 1 to 64 of `A-Z a-z 0-9 . _ -`.
    init?(_ text: String?) {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || "._-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Creates the name of a number, in hexadecimal.
    init(number: UInt64) {
        let digits: StaticString = "0123456789abcdef"
        var word = number
        // The longest text that is stored without an allocation.
        text = unsafe String(unsafeUninitializedCapacity: 15) { buffer in
            for index in 0..<15 {
                unsafe buffer[index] = unsafe digits.utf8Start[Int(word & 0xF)]
                word >>= 4
            }
            return 15
        }
    }
}
