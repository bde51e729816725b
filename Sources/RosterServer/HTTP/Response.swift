/// What is answered to one request.
struct Response: Sendable {
    /// Which part of an encoded response is sent.
    enum Part: Sendable {
        case whole
        /// Everything but the body: the answer to `HEAD`.
        case head
        /// What a 304 has.
        case common
    }

    var status: Int
    var encoded: EncodedResponse
    var part = Part.whole
    /// Whether the connection is closed behind it.
    var closes = false
    /// Whose token it was, for the log.
    var tokenID: String?

    init(_ status: Int, _ encoded: EncodedResponse) {
        self.status = status
        self.encoded = encoded
    }

    /// How many bytes of body are sent.
    var bodyLength: Int { part == .whole ? encoded.bodyLength : 0 }
}

/// What becomes of a request at once.
enum Outcome: Sendable {
    case ready(Response)
    /// The answer needs the compiler, and comes later.
    case later(@Sendable () async -> Response)

    static func ready(_ response: Response, for caller: Caller) -> Outcome {
        var response = response
        response.tokenID = caller.tokenID
        return .ready(response)
    }
}
