import NIOCore
import NIOHTTP1
import RosterBytes
import RosterModel

/// A request that came in whole and within the limits.
///
/// A class, since a dozen of its parts would be counted anew for each copy.
final class Request: Sendable {
    let method: HTTPMethod
    let isHTTP11: Bool
    let target: RequestTarget
    let fields: RequestFields
    /// Nil without one.
    let body: ByteBuffer?
    /// What the request is called in the log and in the answer.
    let id: RequestID
    /// Whether the client named it.
    let hasOwnID: Bool
    /// When its head came.
    let time: Timestamp

    /// Takes a request over from its head; `makeID` names it when the client did not.
    init(_ head: HTTPRequestHead, time: Timestamp, makeID: () -> RequestID) {
        method = head.method
        isHTTP11 = head.version == .http1_1
        target = RequestTarget(head.uri)
        fields = RequestFields(head.headers)
        body = nil
        let own = RequestID(fields.requestID)
        (id, hasOwnID) = (own ?? makeID(), own != nil)
        self.time = time
    }

    /// The same request with the body that came behind it.
    init(_ request: Request, body: ByteBuffer) {
        method = request.method
        isHTTP11 = request.isHTTP11
        target = request.target
        fields = request.fields
        self.body = body
        (id, hasOwnID) = (request.id, request.hasOwnID)
        time = request.time
    }

    /// Whether the body of an answer is left out.
    var isHead: Bool { method == .HEAD }

    /// Whether it asks to read, and changes nothing.
    var isReading: Bool { method == .GET || method == .HEAD }

    /// Whether the same bytes are answered the same for as long as snapshot and day are.
    var isRepeatable: Bool { isReading && target.route.isOfRecords && body == nil && fields.expect == nil }
}

/// The name of a request: the one that the client gave, or one of Roster's making.
struct RequestID: Sendable, Hashable {
    let text: String

    /// Takes over a client's name of 1 to 64 of `A-Z a-z 0-9 . _ -`.
    init?(_ text: String?) {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || "._-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Makes the name of a number: numbers that follow one another look as if they had nothing to do with each other.
    init(number: UInt64) {
        let digits: StaticString = "0123456789abcdef"
        var word = number
        // As long as a text can be that takes no memory of its own.
        text = unsafe String(unsafeUninitializedCapacity: 15) { buffer in
            for index in 0..<15 {
                unsafe buffer[index] = unsafe digits.utf8Start[Int(word & 0xF)]
                word >>= 4
            }
            return 15
        }
    }
}
