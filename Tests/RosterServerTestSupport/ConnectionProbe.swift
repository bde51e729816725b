package import NIOCore
package import RosterServer

/// A connection's state machine whose every action is checked against what must hold for any sequence of events.
package struct ConnectionProbe {
    /// A time since the connection was opened.
    package static func time(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000_000) + .milliseconds(milliseconds)
    }

    package static let timeouts = ConnectionTimeouts(
        head: .seconds(10),
        body: .seconds(60),
        idle: .seconds(30),
        drain: .seconds(1)
    )

    package private(set) var machine = ConnectionStateMachine<Int>(timeouts: timeouts, at: time(0))
    /// Exchanges that the machine received and has not returned.
    package private(set) var waiting: [Int] = []
    /// The exchange whose response is in flight.
    package private(set) var inFlight: Int?
    package private(set) var dispositions: [ResponseDisposition] = []
    package private(set) var isClosed = false
    private var refusal: Int?
    private var socketIsFull = false
    private var isFinished = false
    private var owesContinue = false
    private var heldReads = 0
    private var history: [ConnectionEvent<Int>] = []
    private let report: (_ violation: String) -> Void

    /// Creates a connection that calls a function with each broken rule and the events that led to it.
    package init(report: @escaping (_ violation: String) -> Void) { self.report = report }

    /// Passes an event to the machine and checks the actions.
    @discardableResult
    package mutating func send(_ event: ConnectionEvent<Int>, at milliseconds: Int64 = 0) -> ConnectionActions<Int> {
        history.append(event)
        let accepted = machine.acceptsRequests
        noteInput(event, accepted: accepted)
        let actions = machine.handle(event, at: Self.time(milliseconds))
        checkResponse(actions, event)
        checkSteps(actions, event)
        checkNext(actions)
        if actions.steps.contains(.close) { isClosed = true }
        if case .closed = event { isClosed = true }
        if isClosed { expect(machine.state == .closed, "closed") }
        return actions
    }

    /// Checks that the connection of a client that neither sends nor reads anything is closed.
    package mutating func checkEnd(at milliseconds: Int64) {
        let activity = ConnectionActivity(headStart: nil, lastByte: Self.time(milliseconds), unsentBytes: 0)
        var time = milliseconds
        // Responses to all exchanges, and a few checks of the deadlines.
        for _ in 0..<(waiting.count + 8) where !isClosed {
            time += 100_000
            if inFlight != nil { send(.response(closes: false), at: time) }
            if send(.tick(activity), at: time).steps.contains(.refuseLateRequest) { send(.refusal(-1), at: time) }
        }
        expect(isClosed, "a connection ends")
    }

    private mutating func noteInput(_ event: ConnectionEvent<Int>, accepted: Bool) {
        switch event {
        case .head(let expectsContinue) where accepted:
            if case .open(.head, _) = machine.state { owesContinue = expectsContinue }
        case .body: owesContinue = false
        case .request(let exchange, _) where accepted:
            waiting.append(exchange)
            owesContinue = false
        case .refusal(let exchange) where accepted:
            waiting.append(exchange)
            refusal = exchange
            owesContinue = false
        case .writability(let isWritable): if !isClosed { socketIsFull = !isWritable }
        default: break
        }
    }

    private mutating func checkResponse(_ actions: ConnectionActions<Int>, _ event: ConnectionEvent<Int>) {
        guard case .response(let closes) = event else {
            return expect(actions.response == nil, "no response was reported")
        }
        expect(actions.response != nil, "a response has a fate")
        guard let disposition = actions.response else { return }
        if inFlight == nil || isClosed || isFinished {
            return expect(disposition == .discarded, "nothing is in flight")
        }
        expect(disposition != .discarded, "a response in flight is written")
        if closes || inFlight == refusal { expect(disposition == .last, "a response that closes is the last") }
        inFlight = nil
        dispositions.append(disposition)
    }

    private mutating func checkSteps(_ actions: ConnectionActions<Int>, _ event: ConnectionEvent<Int>) {
        let steps = actions.steps
        if isClosed { expect(steps.isEmpty && actions.next == nil, "nothing follows the close") }
        if steps.contains(.finishOutput) {
            expect(!isFinished, "output is finished once")
            isFinished = true
            waiting = []
        }
        if actions.response == .last { expect(isFinished, "the last response finishes the output") }
        if steps.contains(.stopInput) || isFinished {
            expect(!machine.acceptsRequests, "stopped input is not accepted")
        }
        if steps.contains(.closeOutput) {
            if case .lastResponseSent = event {} else { expect(false, "output is closed once it is sent") }
        }
        if steps.contains(.sendContinue) {
            let isDue = owesContinue && inFlight == nil && waiting.isEmpty
            expect(isDue, "100 Continue is sent once, with no response in front of it")
            owesContinue = false
        }
    }

    private mutating func checkNext(_ actions: ConnectionActions<Int>) {
        if let next = actions.next {
            expect(inFlight == nil, "one response is in flight")
            expect(next == waiting.first, "exchanges are in order")
            expect(!socketIsFull, "nothing is made while the socket is full")
            expect(!dispositions.contains(.last), "nothing follows the last response")
            if !waiting.isEmpty { waiting.removeFirst() }
            inFlight = next
        } else if !isClosed, !isFinished, !socketIsFull, inFlight == nil {
            expect(waiting.isEmpty, "an exchange that can be responded to is returned")
        }
        if actions.steps.contains(.read) { expect(waiting.isEmpty, "nothing is read while requests wait") }
    }

    private func expect(_ condition: Bool, _ rule: @autoclosure () -> String) {
        if !condition { report("\(rule()): \(history.suffix(40).map { "\($0)" }.joined(separator: ", "))") }
    }
}
