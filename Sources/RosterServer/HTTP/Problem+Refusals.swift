/// Problems of requests that are refused before they reach the responder.
extension Problem {
    static let malformed = Problem(
        400,
        "bad-request",
        "This is not an HTTP request",
        "the request is not well-formed HTTP/1.1"
    )

    /// The response to an unknown transfer coding: RFC 9112, section 6.1.
    static let unknownTransferCoding = Problem(
        501,
        "unknown-transfer-coding",
        "The transfer coding is unknown",
        "send the body with Content-Length, or with Transfer-Encoding: chunked and no other coding"
    )

    static let tooManyConnections: Problem = {
        var problem = Problem.notReady
        problem.title = "Too many connections"
        problem.detail = "the server has as many connections as it may; try again"
        return problem
    }()

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

    /// Returns the problem of a body with more than a number of bytes.
    static func bodyTooLarge(limit: Int) -> Problem {
        Problem(413, "body-too-large", "The body is too large", "a body has at most \(limit) bytes")
    }
}
