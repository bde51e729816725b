package import NIOCore

/// The limits of time of a connection.
package struct ConnectionTimeouts: Sendable, Hashable {
    /// The time from the first byte of a request to the end of its head.
    package var head: TimeAmount
    /// The time from the end of a request's head to the end of its body.
    package var body: TimeAmount
    /// The time without any progress in either direction.
    package var idle: TimeAmount
    /// The time from the last response to the close, for a client that does not close its half.
    package var drain: TimeAmount
    /// The time between two comments of an event stream.
    package var comment: TimeAmount

    package init(
        head: TimeAmount,
        body: TimeAmount,
        idle: TimeAmount,
        drain: TimeAmount,
        comment: TimeAmount
    ) {
        self.head = head
        self.body = body
        self.idle = idle
        self.drain = drain
        self.comment = comment
    }

    /// Creates the timeouts of a server's limits.
    init(_ limits: ServerLimits) {
        self.init(
            head: .seconds(Int64(limits.headSeconds)),
            body: .seconds(Int64(ServerLimits.bodySeconds)),
            idle: .seconds(Int64(limits.idleSeconds)),
            drain: ServerLimits.drainTime,
            comment: ServerLimits.commentInterval
        )
    }
}
