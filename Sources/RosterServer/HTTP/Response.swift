/// The response to one request.
struct Response: Sendable {
    /// The part of an encoded response that is sent.
    enum Part: Sendable {
        case whole
        /// Everything except the body: the response to `HEAD`.
        case head
        /// The fields of a 304.
        case common
    }

    var status: Int
    var encoded: EncodedResponse
    var part = Part.whole
    /// A Boolean value that indicates whether the connection is closed after the response.
    var closes = false
    /// The seconds of the preference `wait` that the response honors; 0 without it.
    var appliedWait: UInt8 = 0
    /// The id of the caller's token, for the log.
    var tokenID: String?

    init(_ status: Int, _ encoded: EncodedResponse) {
        self.status = status
        self.encoded = encoded
    }

    /// The number of bytes of body that are sent.
    var bodyLength: Int { part == .whole ? encoded.bodyLength : 0 }
}

/// The immediate outcome of a request.
enum Outcome: Sendable {
    case ready(Response)
    /// A response that takes too long to make on an event loop.
    case later(@Sendable () async -> Response)
    /// A response that is sent once it differs, or after the seconds of ``Response/appliedWait``.
    case wait(Response)
    /// The head of an event stream.
    case stream(Response)
}
