/// The actions that follow from an event, in the order of the members: the response is written, then the steps are
/// taken, then the next exchange is responded to.
package struct ConnectionActions<Exchange> {
    /// The fate of the response that the event reported; nil for any other event.
    package var response: ResponseDisposition?
    /// The steps to take.
    package var steps: ConnectionSteps = []
    /// The exchange to respond to, whose response is reported by ``ConnectionEvent/response(closes:)``.
    package var next: Exchange?

    package init() {}
}

/// The fate of a response that is ready.
package enum ResponseDisposition: Sendable, Hashable {
    /// It is written, and more responses may follow.
    case persistent
    /// It is written as the connection's last.
    case last
    /// It is the head of an event stream, which is the connection's last response.
    case stream
    /// It is dropped: the connection is closing.
    case discarded
}

/// Steps that change a connection, in the order in which they are taken.
package struct ConnectionSteps: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Discard all further input.
    package static let stopInput = ConnectionSteps(rawValue: 1 << 0)
    /// Write `100 Continue` and flush.
    package static let sendContinue = ConnectionSteps(rawValue: 1 << 1)
    /// Flush everything, and report ``ConnectionEvent/lastResponseSent`` afterwards.
    package static let finishOutput = ConnectionSteps(rawValue: 1 << 2)
    /// Close the output half of the connection.
    package static let closeOutput = ConnectionSteps(rawValue: 1 << 3)
    /// Flush the responses that were written.
    package static let flush = ConnectionSteps(rawValue: 1 << 4)
    /// Read from the socket.
    package static let read = ConnectionSteps(rawValue: 1 << 5)
    /// Refuse the request that is being read, since it took too long.
    package static let refuseLateRequest = ConnectionSteps(rawValue: 1 << 6)
    /// Respond to the request that waits, as the registry is now.
    package static let endWait = ConnectionSteps(rawValue: 1 << 7)
    /// Write the current event to the stream, and report ``ConnectionEvent/eventSent`` afterwards.
    package static let sendEvent = ConnectionSteps(rawValue: 1 << 8)
    /// Write a comment to the stream, and report ``ConnectionEvent/eventSent`` afterwards.
    package static let sendComment = ConnectionSteps(rawValue: 1 << 9)
    /// Close the channel.
    package static let close = ConnectionSteps(rawValue: 1 << 10)
}
