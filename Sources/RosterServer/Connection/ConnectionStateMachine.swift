package import NIOCore

/// The state of one HTTP/1.1 connection: which input is accepted, which response is in flight, and when it ends.
///
/// This is a value without a channel. ``handle(_:at:)`` accepts any event in any state; an event that has no meaning in
/// the current state has no effect. These hold for every sequence of events:
///
/// - Exchanges are returned in the order in which they were received, and one at a time: the next is returned only after
///   the response to the current one was reported.
/// - A refusal is the last exchange, and its response is the last response.
/// - A request that waits is responded to at the latest at its time, at the end of the input, or when the server stops.
/// - An event stream is the last response. One piece of it is written at a time.
/// - After ``ConnectionSteps/close`` or ``ConnectionEvent/closed`` no action is returned.
package struct ConnectionStateMachine<Exchange> {
    /// The phase of the connection.
    package enum State: Sendable, Hashable {
        /// Requests are read and responded to.
        case open(Input, Output)
        /// The last response is being written, and input is discarded.
        case closing
        /// The output half is closed, and input is discarded until the client closes its half or the time is up.
        ///
        /// A connection that is closed with unread input is reset, and the client may lose the response.
        case draining(until: NIODeadline)
        case closed
    }

    /// The input that an open connection accepts.
    package enum Input: Sendable, Hashable {
        /// The head of the next request.
        case head
        /// The rest of a request whose head was complete at `since`.
        case body(since: NIODeadline, awaitsContinue: Bool)
        /// None: the last request was received, or refused.
        case finished
    }

    /// The response that is in flight on an open connection.
    package enum Output: Sendable, Hashable {
        case idle
        case responding(keepsAlive: Bool)
        /// A response that waits for a change of the registry, at most until a time.
        case waiting(keepsAlive: Bool, until: NIODeadline)
        /// An event stream, which lasts as long as the connection.
        case streaming(Feed, nextComment: NIODeadline)
    }

    /// The progress of an event stream.
    ///
    /// At most one piece of it is written at a time: nothing is queued for a slow client.
    package enum Feed: Sendable, Hashable {
        /// The client was sent everything.
        case current
        /// A piece is being written; `hasNext` when an event is due after it.
        case sending(hasNext: Bool)
    }

    /// The client's half of the connection.
    private enum ClientHalf { case open, closed }
    /// The buffer of the socket.
    private enum Socket { case writable, full }
    /// The plans of the server.
    private enum Server { case running, quiescing }
    /// A read that the channel asked for.
    private enum PendingRead { case none, held }

    package private(set) var state = State.open(.head, .idle)
    private var clientHalf = ClientHalf.open
    private var socket = Socket.writable
    private var server = Server.running
    private var pendingRead = PendingRead.none
    /// Exchanges that wait for the response in flight, or for the socket.
    private var queue = CircularBuffer<(exchange: Exchange, keepsAlive: Bool)>(initialCapacity: 1)
    private var lastWrite: NIODeadline
    /// The number of unsent bytes when progress was last looked for.
    private var unsentBytes = 0
    private let timeouts: ConnectionTimeouts

    /// Creates the state of a connection that was opened at a time.
    package init(timeouts: ConnectionTimeouts, at now: NIODeadline) {
        self.timeouts = timeouts
        lastWrite = now
    }

    /// A Boolean value that indicates whether further requests are accepted.
    package var acceptsRequests: Bool {
        if case .open(let input, _) = state { input != .finished } else { false }
    }

    /// A Boolean value that indicates whether a request would be responded to immediately, on a connection that stays open.
    package var isIdle: Bool {
        guard case .open(.head, .idle) = state else { return false }
        return socket == .writable && server == .running && clientHalf == .open && queue.isEmpty
    }

    /// Handles an event that happened at a time, and returns the actions that follow from it.
    package mutating func handle(
        _ event: ConnectionEvent<Exchange>,
        at now: NIODeadline
    ) -> ConnectionActions<Exchange> {
        var actions = ConnectionActions<Exchange>()
        switch event {
        case .head(let expectsContinue): receiveHead(expectsContinue, at: now, &actions)
        case .body: receiveBody()
        case .request(let exchange, let keepsAlive): receive(exchange, keepsAlive: keepsAlive, &actions)
        case .refusal(let exchange): receive(exchange, keepsAlive: false, &actions)
        case .response(let closes): completeResponse(closes: closes, at: now, &actions)
        case .wait(let end): startWaiting(until: end, &actions)
        case .stream: startStreaming(at: now, &actions)
        case .eventReady: sendEvent(at: now, &actions)
        case .eventSent: completeEvent(at: now, &actions)
        case .lastResponseSent: startDraining(at: now, &actions)
        case .endOfInput: endInput(&actions)
        case .writability(let isWritable): changeWritability(isWritable, at: now, &actions)
        case .read: read(&actions)
        case .quiesce: quiesce(&actions)
        case .tick(let activity): checkDeadlines(activity, at: now, &actions)
        case .closed: close()
        }
        return actions
    }
}

// MARK: Input

extension ConnectionStateMachine {
    private mutating func receiveHead(
        _ expectsContinue: Bool,
        at now: NIODeadline,
        _ actions: inout ConnectionActions<Exchange>
    ) {
        guard case .open(.head, let output) = state else { return }
        state = .open(.body(since: now, awaitsContinue: expectsContinue), output)
        advance(&actions)
    }

    private mutating func receiveBody() {
        guard case .open(.body(let since, awaitsContinue: true), let output) = state else { return }
        // A client that sends the body without waiting is not asked for it.
        state = .open(.body(since: since, awaitsContinue: false), output)
    }

    private mutating func receive(
        _ exchange: Exchange,
        keepsAlive: Bool,
        _ actions: inout ConnectionActions<Exchange>
    ) {
        guard acceptsRequests, case .open(_, let output) = state else { return }
        state = .open(keepsAlive ? .head : .finished, output)
        if !keepsAlive { actions.steps.insert(.stopInput) }
        queue.append((exchange, keepsAlive))
        advance(&actions)
    }

    private mutating func endInput(_ actions: inout ConnectionActions<Exchange>) {
        clientHalf = .closed
        switch state {
        case .open(_, .idle) where queue.isEmpty: finish(&actions)
        case .open(_, let output):
            state = .open(.finished, output)
            actions.steps.insert(.stopInput)
            endSubscription(&actions)
        case .closing, .closed: break
        case .draining:
            close()
            actions.steps.insert(.close)
        }
    }

    private mutating func read(_ actions: inout ConnectionActions<Exchange>) {
        // A client that sends requests faster than it reads responses has to wait, or they would fill the memory.
        guard queue.isEmpty else {
            pendingRead = .held
            return
        }
        if state != .closed { actions.steps.insert(.read) }
    }
}

// MARK: Output

extension ConnectionStateMachine {
    /// Starts what the end of the last response, or the arrival of a request, makes possible.
    private mutating func advance(_ actions: inout ConnectionActions<Exchange>) {
        if case .open(let input, .idle) = state, socket == .writable, let next = queue.popFirst() {
            state = .open(input, .responding(keepsAlive: next.keepsAlive))
            actions.next = next.exchange
        }
        guard queue.isEmpty else { return }
        if case .open(.body(let since, awaitsContinue: true), .idle) = state {
            state = .open(.body(since: since, awaitsContinue: false), .idle)
            actions.steps.insert(.sendContinue)
        }
        releaseRead(&actions)
    }

    private mutating func completeResponse(
        closes: Bool,
        at now: NIODeadline,
        _ actions: inout ConnectionActions<Exchange>
    ) {
        guard case .open(let input, let output) = state, let keepsAlive = Self.keepsAlive(output) else {
            actions.response = .discarded
            return
        }
        lastWrite = now
        let isLastExchange = queue.isEmpty && (server == .quiescing || clientHalf == .closed)
        if closes || !keepsAlive || isLastExchange {
            actions.response = .last
            finish(&actions)
        } else {
            actions.response = .persistent
            state = .open(input, .idle)
            advance(&actions)
        }
    }

    /// Returns whether another response may follow the one that is in flight; nil when none is.
    private static func keepsAlive(_ output: Output) -> Bool? {
        switch output {
        case .idle: nil
        case .responding(let keepsAlive), .waiting(let keepsAlive, _): keepsAlive
        case .streaming: false
        }
    }

    private mutating func changeWritability(
        _ isWritable: Bool,
        at now: NIODeadline,
        _ actions: inout ConnectionActions<Exchange>
    ) {
        guard state != .closed else { return }
        lastWrite = now
        socket = isWritable ? .writable : .full
        guard isWritable else { return }
        advance(&actions)
        actions.steps.insert(.flush)
    }

    /// Ends the connection once everything is written, however slowly the client reads it.
    private mutating func finish(_ actions: inout ConnectionActions<Exchange>) {
        state = .closing
        queue.removeAll()
        actions.steps.formUnion([.stopInput, .finishOutput])
        releaseRead(&actions)
    }

    private mutating func releaseRead(_ actions: inout ConnectionActions<Exchange>) {
        guard pendingRead == .held else { return }
        pendingRead = .none
        actions.steps.insert(.read)
    }

    private mutating func startDraining(at now: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        guard case .closing = state else { return }
        guard clientHalf == .open else {
            close()
            actions.steps.insert(.close)
            return
        }
        state = .draining(until: now + timeouts.drain)
        actions.steps.insert(.closeOutput)
    }

    private mutating func close() {
        state = .closed
        pendingRead = .none
        queue.removeAll()
    }
}

// MARK: Waiting requests and event streams

extension ConnectionStateMachine {
    private mutating func startWaiting(until end: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        guard case .open(let input, .responding(let keepsAlive)) = state else { return }
        state = .open(input, .waiting(keepsAlive: keepsAlive, until: end))
        if server == .quiescing || clientHalf == .closed { endSubscription(&actions) }
    }

    private mutating func startStreaming(at now: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        guard case .open(_, .responding) = state else {
            actions.response = .discarded
            return
        }
        actions.response = .stream
        lastWrite = now
        guard server == .running, clientHalf == .open else { return finish(&actions) }
        // The input is read, and discarded, to notice its end.
        state = .open(.finished, .streaming(.sending(hasNext: false), nextComment: now + timeouts.comment))
        queue.removeAll()
        actions.steps.insert(.stopInput)
        releaseRead(&actions)
    }

    private mutating func sendEvent(at now: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        guard case .open(let input, .streaming(let feed, let nextComment)) = state else { return }
        state = .open(input, .streaming(.sending(hasNext: feed != .current), nextComment: nextComment))
        guard feed == .current else { return }
        lastWrite = now
        actions.steps.insert(.sendEvent)
    }

    private mutating func completeEvent(at now: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        guard case .open(let input, .streaming(.sending(let hasNext), let nextComment)) = state else { return }
        lastWrite = now
        state = .open(input, .streaming(hasNext ? .sending(hasNext: false) : .current, nextComment: nextComment))
        if hasNext { actions.steps.insert(.sendEvent) }
    }

    private mutating func quiesce(_ actions: inout ConnectionActions<Exchange>) {
        server = .quiescing
        endSubscription(&actions)
    }

    /// Ends a wait or a stream before its time.
    private mutating func endSubscription(_ actions: inout ConnectionActions<Exchange>) {
        switch state {
        case .open(_, .waiting): actions.steps.insert(.endWait)
        case .open(_, .streaming): finish(&actions)
        case .open, .closing, .draining, .closed: break
        }
    }

    /// Ends a wait that has lasted as long as it may, and writes the comments of a stream.
    private mutating func checkSubscription(at now: NIODeadline, _ actions: inout ConnectionActions<Exchange>) {
        switch state {
        case .open(_, .waiting(_, let end)) where now >= end: actions.steps.insert(.endWait)
        case .open(let input, .streaming(.current, let comment)) where now >= comment:
            let next = max(comment + timeouts.comment, now)
            state = .open(input, .streaming(.sending(hasNext: false), nextComment: next))
            lastWrite = now
            actions.steps.insert(.sendComment)
        default: break
        }
    }
}

// MARK: Time

extension ConnectionStateMachine {
    private mutating func checkDeadlines(
        _ activity: ConnectionActivity,
        at now: NIODeadline,
        _ actions: inout ConnectionActions<Exchange>
    ) {
        let isDue: Bool
        switch state {
        case .closed: return
        case .draining(let end): isDue = now > end
        case .open, .closing:
            noteProgress(activity, at: now)
            let silence = now - max(activity.lastByte, lastWrite)
            // A request that is too slow is refused before the connection counts as idle: on a busy machine both can be
            // due at the same check.
            if isQuiesced(activity), silence > .seconds(1) {
                isDue = true
            } else if isRequestLate(activity, at: now) {
                isDue = false
                actions.steps.insert(.refuseLateRequest)
            } else {
                isDue = silence > timeouts.idle && !mayIdle
            }
            actions.steps.insert(.flush)
            checkSubscription(at: now, &actions)
        }
        guard isDue else { return }
        close()
        actions.steps = .close
    }

    /// A Boolean value that indicates whether the client has nothing to do but wait.
    private var mayIdle: Bool {
        guard case .open(_, let output) = state else { return false }
        return switch output {
        case .idle, .streaming(.sending, _): false
        case .responding, .waiting, .streaming(.current, _): true
        }
    }

    /// Returns a Boolean value that indicates whether a graceful shutdown has nothing to wait for.
    private func isQuiesced(_ activity: ConnectionActivity) -> Bool {
        guard server == .quiescing, activity.unsentBytes == 0, activity.headStart == nil, queue.isEmpty else {
            return false
        }
        return switch state {
        case .open(.body, _), .open(_, .responding), .open(_, .waiting), .open(_, .streaming): false
        default: true
        }
    }

    /// Counts as progress that the client accepted some of the output.
    private mutating func noteProgress(_ activity: ConnectionActivity, at now: NIODeadline) {
        guard now - lastWrite > .seconds(1) else { return }
        if activity.unsentBytes != unsentBytes { lastWrite = now }
        unsentBytes = activity.unsentBytes
    }

    private func isRequestLate(_ activity: ConnectionActivity, at now: NIODeadline) -> Bool {
        guard queue.isEmpty, case .open(let input, .idle) = state else { return false }
        return switch input {
        case .head: activity.headStart.map { now - $0 > timeouts.head } ?? false
        case .body(let since, _): now - since > timeouts.body
        case .finished: false
        }
    }
}
