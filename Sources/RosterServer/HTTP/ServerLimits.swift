import NIOCore

/// What a client may send, and how long it may take.
package struct ServerLimits: Sendable, Hashable {
    /// Bytes of request line and header fields together.
    package var headBytes = 16 * 1024
    package var headerFields = 100
    package var bodyBytes = 1024 * 1024
    /// Seconds from a request's first byte to the end of its head.
    package var headSeconds = 10
    /// Seconds without a byte, between requests too.
    package var idleSeconds = 60
    package var connections = 10_000

    package init() {}

    /// Seconds from the end of a request's head to the end of its body.
    static let bodySeconds = 60
    /// How long a connection is read from after an early refusal, so that the client can read the answer.
    static let drainTime = TimeAmount.seconds(1)
    /// How long open connections may finish what is under way when the server stops.
    static let shutdownSeconds = 10
}
