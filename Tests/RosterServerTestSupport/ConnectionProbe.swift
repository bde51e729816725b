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
        drain: .seconds(1),
        comment: .seconds(15)
    )

    package private(set) var machine = ConnectionStateMachine<Int>(timeouts: timeouts, at: time(0))
    /// Exchanges that the machine received and has not returned.
    package private(set) var waiting: [Int] = []
    /// The exchange whose response is in flight.
    package private(set) var inFlight: Int?
    package private(set) var dispositions: [ResponseDisposition] = []
    package private(set) var isClosed = false
    private var refusal: Int?
    /// The exchange that waits, or waited, for a change of the registry.
    private var waitingExchange: Int?
    private var isStreaming = false
    private var socketIsFull = false
    private var isFinished = false
    private var owesContinue = false
    /// The piece of an event stream that is being written, and the event that is due after it.
    private var isSending = false
    private var owesEvent = false
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
        checkStream(actions, event)
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
        case .wait where !isStreaming && !isFinished && !isClosed: waitingExchange = inFlight
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
        if case .stream = event { return checkHead(of: actions) }
        guard case .response(let closes) = event else {
            return expect(actions.response == nil, "no response was reported")
        }
        expect(actions.response != nil, "a response has a fate")
        guard let disposition = actions.response else { return }
        if inFlight == nil || isClosed || isFinished {
            return expect(disposition == .discarded, "nothing is in flight")
        }
        expect(disposition != .discarded, "a response in flight is written")
        if closes || isStreaming || inFlight == refusal {
            expect(disposition == .last, "a response that closes is the last")
        }
        inFlight = nil
        dispositions.append(disposition)
    }

    private mutating func checkHead(of actions: ConnectionActions<Int>) {
        guard let inFlight, !isClosed, !isFinished, !isStreaming else {
            return expect(actions.response == .discarded, "nothing is in flight")
        }
        expect(actions.response == .stream || isWaiting(for: inFlight), "a stream begins with its head")
        guard actions.response == .stream else { return }
        (isStreaming, isSending) = (true, true)
        waiting = []
    }

    /// Returns a Boolean value that indicates whether a request waits for a change, so that no stream can begin.
    private func isWaiting(for exchange: Int) -> Bool { exchange == waitingExchange }

    private mutating func checkStream(_ actions: ConnectionActions<Int>, _ event: ConnectionEvent<Int>) {
        let isOpen = isStreaming && !isFinished && !isClosed
        switch event {
        case .eventReady where isOpen && isSending: owesEvent = true
        case .eventReady where isOpen: expect(actions.steps.contains(.sendEvent), "an event is sent when it can be")
        case .eventSent where isOpen && isSending:
            expect(actions.steps.contains(.sendEvent) == owesEvent, "the last event follows the piece before it")
            (isSending, owesEvent) = (false, false)
        default: break
        }
        let sends = [ConnectionSteps.sendEvent, .sendComment].filter { actions.steps.contains($0) }
        guard !sends.isEmpty else { return }
        expect(isOpen && !isSending && sends.count == 1, "one piece of a stream is written at a time")
        isSending = true
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
        if steps.contains(.endWait) { expect(inFlight != nil && inFlight == waitingExchange, "a request waits") }
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
