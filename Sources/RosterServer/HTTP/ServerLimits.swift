import NIOCore

/// The limits of a client's input and time.
package struct ServerLimits: Sendable, Hashable {
    /// The number of bytes of the request line and header fields together.
    package var headBytes = 16 * 1024
    package var headerFields = 100
    package var bodyBytes = 1024 * 1024
    /// The number of seconds from a request's first byte to the end of its head.
    package var headSeconds = 10
    /// The number of seconds without a byte, also between requests.
    package var idleSeconds = 60
    package var connections = 10_000

    package init() {}

    /// The number of seconds from the end of a request's head to the end of its body.
    static let bodySeconds = 60
    /// The time for which input is discarded after the last response, so that the client can read the response.
    static let drainTime = TimeAmount.seconds(1)
    /// The time between two comments of an event stream, below the time-outs of proxies.
    static let commentInterval = TimeAmount.seconds(15)
    /// The number of seconds that open connections have to finish their requests when the server stops.
    static let shutdownSeconds = 10
}
