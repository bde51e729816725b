import NIOCore
import RosterModel

/// The current response of a connection that depends on changes of the registry.
enum Subscription {
    case none
    /// A request that is responded to once its response differs.
    case waiting(WaitingRequest)
    case streaming(EventStream)
}

/// A request that waits for another response.
final class WaitingRequest {
    let request: Request
    let isHTTP10: Bool

    init(_ request: Request, isHTTP10: Bool) {
        self.request = Request(request, at: request.time, fields: request.fields.detached)
        self.isHTTP10 = isHTTP10
    }

    /// Returns the request as if it had been received at a time.
    func request(at seconds: Int64) -> Request {
        Request(request, at: Timestamp(secondsSince1970: seconds), fields: request.fields)
    }
}

extension HTTPConnectionHandler: ChangeListener {
    /// Retains a request whose response, of the snapshot of `key`, is sent once it differs.
    func startWaiting(
        for request: Request,
        isHTTP10: Bool,
        _ seconds: UInt8,
        since start: NIODeadline,
        _ key: ResponseReplayCache.CacheKey
    ) -> ConnectionActions<Exchange> {
        subscribe(.waiting(WaitingRequest(request, isHTTP10: isHTTP10)), since: key)
        return machine.handle(.wait(until: start + .seconds(Int64(seconds))), at: .now())
    }

    /// Writes the head of an event stream.
    func startStreaming(
        _ response: Response,
        to request: Request,
        isHTTP10: Bool,
        since start: NIODeadline
    ) -> ConnectionActions<Exchange> {
        let actions = machine.handle(.stream, at: .now())
        guard actions.response == .stream, let context else { return actions }
        let key = eventLoop.cacheKey(at: eventLoop.seconds)
        let listener = eventLoop.responder.listener(of: request)
        let audience = eventLoop.listeners.audiences.join(listener.credential)
        eventLoop.update(audience)
        let stream = EventStream(
            of: audience,
            session: listener.session,
            lastEventID: listener.lastEventID,
            isChunked: !isHTTP10
        )
        subscribe(.streaming(stream), since: key)
        write(response, to: request, .closes, since: start)
        if !actions.steps.contains(.finishOutput) {
            // What the system would queue for a client that does not read counts as memory too.
            _ = try? context.channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: Self.streamBuffer)
            send(ByteBuffer(), context)
            registryChanged()
        }
        return actions
    }

    /// The number of bytes that the system buffers for an event stream; Linux doubles it for its own use.
    private static let streamBuffer: SocketOptionValue = 16 * 1024

    private func subscribe(_ subscription: Subscription, since key: ResponseReplayCache.CacheKey) {
        self.subscription = subscription
        eventLoop.listeners.add(self)
        // A change between the response and this moment has been signalled, perhaps before there was a listener.
        if eventLoop.cacheKey(at: eventLoop.seconds) != key { eventLoop.listeners.scheduleWake() }
    }

    /// Ends what depends on changes, without a response.
    func unsubscribe() {
        switch subscription {
        case .none: return
        case .waiting: break
        case .streaming(let stream): eventLoop.listeners.audiences.leave(stream.audience)
        }
        subscription = .none
        eventLoop.listeners.remove(self)
    }

    func registryChanged() {
        switch subscription {
        case .none: break
        case .waiting(let waiting):
            let request = waiting.request(at: eventLoop.seconds)
            guard case .ready(let response) = eventLoop.responder.outcome(of: request) else { return }
            respond(to: waiting, with: response)
        case .streaming(let stream):
            eventLoop.update(stream.audience)
            if stream.audience.event == nil || hasEndedSession(stream) {
                handle(.response(closes: true))
            } else if stream.lacksEvent {
                handle(.eventReady)
            }
        }
    }

    /// Responds to the request that waits, whether or not its response differs.
    func endWait() {
        guard case .waiting(let waiting) = subscription else { return }
        switch eventLoop.responder.outcome(of: waiting.request(at: eventLoop.seconds)) {
        case .ready(let response), .wait(let response): respond(to: waiting, with: response)
        case .later, .stream: break
        }
    }

    private func respond(to waiting: WaitingRequest, with response: Response) {
        unsubscribe()
        // The time for which the client chose to wait is not the server's.
        let now = NIODeadline.now()
        let exchange = Exchange.request(waiting.request, isHTTP10: waiting.isHTTP10)
        perform(complete(exchange, with: response, since: now), since: now)
        flush()
    }

    // MARK: The stream

    /// Ends a stream whose session has ended, which no change of the registry reports.
    func endStreamOfEndedSession() {
        guard case .streaming(let stream) = subscription, hasEndedSession(stream) else { return }
        handle(.response(closes: true))
    }

    private func hasEndedSession(_ stream: EventStream) -> Bool {
        guard let session = stream.session else { return false }
        let time = Timestamp(secondsSince1970: eventLoop.seconds)
        return !eventLoop.responder.signIn.sessions.isCurrent(session, at: time)
    }

    /// Writes the current event, unless the client has received it meanwhile.
    func sendEvent(_ context: ChannelHandlerContext) {
        guard case .streaming(let stream) = subscription, !hasEndedSession(stream), let event = stream.takeEvent()
        else {
            return handle(.eventSent)
        }
        send(event.bytes(isChunked: stream.isChunked), context)
    }

    func sendComment(_ context: ChannelHandlerContext) {
        guard case .streaming(let stream) = subscription else { return }
        send(RegistryEvent.comment(isChunked: stream.isChunked), context)
    }

    /// Ends the framing of a stream whose output ends.
    func finishStream() {
        if case .streaming(let stream) = subscription, stream.isChunked {
            output.writeStaticString(RegistryEvent.lastChunk)
        }
        unsubscribe()
    }
}
