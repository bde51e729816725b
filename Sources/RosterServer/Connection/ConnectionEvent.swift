package import NIOCore

/// An event on a connection, as ``ConnectionStateMachine`` handles it.
///
/// `Exchange` is a request or a refusal on its way to a response; the state machine passes it on unread.
package enum ConnectionEvent<Exchange> {
    /// The head of a request was read, and its body follows.
    case head(expectsContinue: Bool)
    /// Part of a body was read.
    case body
    /// A request was read to its end.
    case request(Exchange, keepsAlive: Bool)
    /// The input was refused; the response to this exchange is the connection's last.
    case refusal(Exchange)
    /// The response to the current exchange is ready to be written.
    case response(closes: Bool)
    /// The response to the current exchange waits for a change of the registry, at most until a time.
    case wait(until: NIODeadline)
    /// The response to the current exchange is an event stream, which begins with its head.
    case stream
    /// The client of an event stream lacks the current event.
    case eventReady
    /// The last piece of an event stream was passed to the socket, or failed to be.
    case eventSent
    /// The last response was written to the socket, or failed to be.
    case lastResponseSent
    /// The client closed its half of the connection, or a request is cut off by the end of the input.
    case endOfInput
    /// The socket accepts more output (`true`), or its buffer is full.
    case writability(Bool)
    /// The channel asks for more input.
    case read
    /// The server began a graceful shutdown.
    case quiesce
    /// The deadlines are due to be checked.
    case tick(ConnectionActivity)
    /// The channel was closed.
    case closed
}

/// The activity of a connection's socket, as far as deadlines depend on it.
package struct ConnectionActivity: Sendable, Hashable {
    /// The time of the first byte of a head that is incomplete; nil when there is none.
    package var headStart: NIODeadline?
    /// The time of the last byte that was read.
    package var lastByte: NIODeadline
    /// The number of bytes that were written but not yet accepted by the client.
    package var unsentBytes: Int

    package init(headStart: NIODeadline?, lastByte: NIODeadline, unsentBytes: Int) {
        self.headStart = headStart
        self.lastByte = lastByte
        self.unsentBytes = unsentBytes
    }
}

extension ConnectionEvent: Sendable where Exchange: Sendable {}
