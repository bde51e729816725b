import NIOCore
import RosterServer
import RosterServerTestSupport

/// Any sequence of events keeps the rules of a connection, which ends when its client sends and reads nothing.
enum ConnectionEventsCheck {
    /// Each byte is an event, passes time, or changes the activity that the next tick reports; others have no meaning.
    static func check(_ input: [UInt8]) throws {
        var violation: String?
        var probe = ConnectionProbe { violation = violation ?? $0 }
        var (time, exchange) = (Int64(0), 0)
        var activity = ConnectionActivity(headStart: nil, lastByte: ConnectionProbe.time(0), unsentBytes: 0)
        for byte in input {
            let now = ConnectionProbe.time(time)
            exchange += 1
            switch Character(Unicode.Scalar(byte)) {
            case "h": probe.send(.head(expectsContinue: false), at: time)
            case "H": probe.send(.head(expectsContinue: true), at: time)
            case "b": probe.send(.body, at: time)
            case "q": probe.send(.request(exchange, keepsAlive: true), at: time)
            case "Q": probe.send(.request(exchange, keepsAlive: false), at: time)
            case "x": probe.send(.refusal(exchange), at: time)
            case "r": probe.send(.response(closes: false), at: time)
            case "R": probe.send(.response(closes: true), at: time)
            case "W": probe.send(.wait(until: now + .seconds(30)), at: time)
            case "S": probe.send(.stream, at: time)
            case "v": probe.send(.eventReady, at: time)
            case "V": probe.send(.eventSent, at: time)
            case "s": probe.send(.lastResponseSent, at: time)
            case "e": probe.send(.endOfInput, at: time)
            case "w": probe.send(.writability(true), at: time)
            case "f": probe.send(.writability(false), at: time)
            case "i": probe.send(.read, at: time)
            case "g": probe.send(.quiesce, at: time)
            case "c": probe.send(.closed, at: time)
            case "t": probe.send(.tick(activity), at: time)
            case "n": activity.headStart = now
            case "N": activity.headStart = nil
            case "l": activity.lastByte = now
            case "u": activity.unsentBytes += 1
            case "U": activity.unsentBytes = 0
            case let digit where digit.isWholeNumber: time += pauses[digit.wholeNumberValue ?? 0]
            default: break
            }
        }
        probe.checkEnd(at: time)
        if let violation { throw FuzzFailure(description: violation) }
    }

    /// The milliseconds that a digit passes, next to the timeouts of the probe.
    private static let pauses: [Int64] = [1, 50, 900, 1_000, 1_001, 9_999, 10_001, 29_999, 30_001, 60_001]
}
