/// A client, or what a test passes instead of one.
package protocol HTTPSender: Sendable {
    /// Sends a request and waits for the head of the response.
    ///
    /// Statuses are not failures, and redirections are not followed.
    func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse
}

/// The limits of the times of one exchange.
package struct HTTPTiming: Sendable, Hashable {
    /// Resolving the name, connecting and the TLS handshake together.
    package var connect = Duration.seconds(5)
    /// From the request to the head of the response.
    package var head = Duration.seconds(10)
    /// The longest time without a byte of the body; nil for a stream that may pause.
    package var stall: Duration? = .seconds(15)
    /// The whole exchange; nil for a stream without an end.
    package var total: Duration? = .seconds(300)

    package init() {}
}
