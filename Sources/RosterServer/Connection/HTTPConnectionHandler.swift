import NIOCore
import NIOHTTP1
import RosterModel

/// Responds to the requests of one connection.
///
/// The decisions are those of a ``ConnectionStateMachine``; this handler feeds it events and takes its actions.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A request, or what was received instead, on its way to a response.
    enum Exchange {
        case request(Request, isHTTP10: Bool)
        case refusal(Problem, Request)
        /// A request whose response is replayed.
        case replay(ResponseReplayCache.Entry)
    }

    /// The parts of an entry of the replay cache.
    struct Recording {
        var request: Request
        var response: Response
        var key: ResponseReplayCache.CacheKey
    }

    /// The state of the recording of a response for the replay cache.
    private enum Recorder {
        case off
        case on
        case recorded(Recording)
    }

    let eventLoop: EventLoopContext
    private let timing: RequestTimingHandler
    private(set) var context: ChannelHandlerContext?
    var machine: ConnectionStateMachine<Exchange>
    var subscription = Subscription.none
    private var recorder = Recorder.off
    /// The request whose body is being received.
    private var incoming: IncomingRequest?
    private var exceedsConnectionLimit = false
    /// The responses that are not flushed; without memory while there are none.
    var output = ByteBuffer()

    init(eventLoop: EventLoopContext, timing: RequestTimingHandler) {
        self.eventLoop = eventLoop
        self.timing = timing
        machine = ConnectionStateMachine(timeouts: ConnectionTimeouts(eventLoop.limits), at: .now())
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exceedsConnectionLimit = eventLoop.add(self) > eventLoop.limits.connections
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        unsubscribe()
        eventLoop.remove(self)
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        if exceedsConnectionLimit { refuse(.tooManyConnections) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        unsubscribe()
        eventLoop.remove(self)
        handle(.closed)
        incoming = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            handle(.quiesce)
            checkDeadlines(at: .now())
        } else if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            handle(.endOfInput)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        handle(.writability(context.channel.isWritable))
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) { handle(.read) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            let isLine = timing.lineLength > eventLoop.limits.headBytes / 2
            refuse(isLine ? .targetTooLong(eventLoop.limits) : .headTooLarge(eventLoop.limits))
        case HTTPParserError.invalidEOFState: handle(.endOfInput)
        case HTTPParserError.unknown where timing.rejectsTransferCoding: refuse(.unknownTransferCoding)
        case is HTTPParserError: refuse(.malformed)
        case is ByteToMessageDecoderError: return
        default: context.close(promise: nil)
        }
        flush()
    }

    // MARK: Input

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard machine.acceptsRequests else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            timing.endHead()
            let request = IncomingRequest(head, eventLoop)
            if let problem = request.problem(eventLoop.limits) { return refuse(problem, of: request.request) }
            incoming = request
            handle(.head(expectsContinue: request.expectsContinue))
        case .body(let piece):
            handle(.body)
            guard let incoming, !incoming.append(piece) else { return }
            refuse(.bodyTooLarge(limit: incoming.bodyLimit), of: incoming.request)
        case .end:
            timing.endRequest()
            guard let incoming = incoming.take() else { return }
            let request = incoming.complete(from: context.channel.remoteAddress)
            receive(.request(request, isHTTP10: incoming.isHTTP10), keepsAlive: incoming.keepsAlive)
        }
    }

    /// Receives a request with a plain head at the start of `bytes`.
    func receive(_ head: PlainRequestHead, in bytes: ByteBuffer) {
        guard machine.acceptsRequests else { return }
        let time = Timestamp(secondsSince1970: eventLoop.seconds)
        let request = Request(head, in: bytes, time: time) { eventLoop.nextRequestID() }
        receive(.request(request, isHTTP10: false), keepsAlive: true)
    }

    private func receive(_ exchange: Exchange, keepsAlive: Bool) {
        let start = timing.lastByte
        perform(machine.handle(.request(exchange, keepsAlive: keepsAlive), at: start), since: start)
    }

    /// Responds to input that is not accepted, and ends the connection.
    private func refuse(_ problem: Problem, of request: Request? = nil) {
        guard machine.acceptsRequests else { return }
        handle(.refusal(.refusal(problem, request ?? IncomingRequest.unreadable(eventLoop))))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        completeRead()
        context.fireChannelReadComplete()
    }

    /// Sends the responses to the requests of one read.
    func completeRead() { flush() }

    // MARK: The replay cache

    /// A Boolean value that indicates whether a request would be responded to immediately, on a connection that stays open.
    var isIdle: Bool { machine.isIdle }

    /// Responds to a request that was received before with the response from before.
    func replay(_ entry: ResponseReplayCache.Entry) { receive(.replay(entry), keepsAlive: true) }

    /// Records the response to the next request, if the same request would always get it from the same snapshot.
    func startRecording() { recorder = .on }

    /// Ends the recording, and returns what was recorded.
    ///
    /// Nothing is retained: a recording holds a token, and the bytes of its snapshot.
    func stopRecording() -> Recording? {
        defer { recorder = .off }
        return if case .recorded(let recording) = recorder { recording } else { nil }
    }

    // MARK: Responses

    func handle(_ event: ConnectionEvent<Exchange>) {
        let now = NIODeadline.now()
        perform(machine.handle(event, at: now), since: now)
    }

    func perform(_ actions: ConnectionActions<Exchange>, since start: NIODeadline) {
        var (actions, start) = (actions, start)
        while true {
            if !actions.steps.isEmpty { take(actions.steps) }
            guard let exchange = actions.next, let following = respond(to: exchange, since: start) else { return }
            actions = following
            if actions.next != nil { start = .now() }
        }
    }

    /// Responds to an exchange, and returns the actions that follow; nil when the response follows later.
    private func respond(to exchange: Exchange, since start: NIODeadline) -> ConnectionActions<Exchange>? {
        switch exchange {
        case .replay(let entry): return complete(exchange, with: entry.response, since: start)
        case .refusal(let problem, let request):
            var response = HTTPResponder.response(problem, to: request)
            response.closes = true
            return complete(exchange, with: response, since: start)
        case .request(let request, let isHTTP10):
            // The key precedes the snapshot, so that no response is cached under a later snapshot than its own.
            let key = eventLoop.cacheKey(at: request.time.secondsSince1970)
            switch eventLoop.responder.outcome(of: request) {
            case .ready(let response):
                if case .on = recorder { record(response, to: request, key, isHTTP10: isHTTP10) }
                return complete(exchange, with: response, since: start)
            case .later(let work):
                respond(to: request, isHTTP10: isHTTP10, since: start, work)
                return nil
            case .wait(let response):
                return startWaiting(for: request, isHTTP10: isHTTP10, response.appliedWait, since: start, key)
            case .stream(let response):
                return startStreaming(response, to: request, isHTTP10: isHTTP10, since: start)
            }
        }
    }

    private func record(
        _ response: Response,
        to request: Request,
        _ key: ResponseReplayCache.CacheKey,
        isHTTP10: Bool
    ) {
        // Refusals are not cached: clients without access could evict what others ask for.
        guard !isHTTP10, request.isRepeatable, !response.closes, response.status < 400 else { return }
        recorder = .recorded(Recording(request: request, response: response, key: key))
    }

    private func respond(
        to request: Request,
        isHTTP10: Bool,
        since start: NIODeadline,
        _ work: @escaping @Sendable () async -> Response
    ) {
        guard let context else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        Task { [eventLoop = context.eventLoop] in
            let response = await work()
            eventLoop.execute {
                let exchange = Exchange.request(request, isHTTP10: isHTTP10)
                handler.value.perform(handler.value.complete(exchange, with: response, since: start), since: .now())
                handler.value.flush()
            }
        }
    }

    /// The number of bytes of responses that are sent even though more requests are at hand.
    private static let flushThreshold = 256 * 1024

    func complete(
        _ exchange: Exchange,
        with response: Response,
        since start: NIODeadline
    ) -> ConnectionActions<Exchange> {
        let actions = machine.handle(.response(closes: response.closes), at: .now())
        switch actions.response {
        case .persistent:
            write(response, to: exchange, isLast: false, since: start)
            if output.readableBytes > Self.flushThreshold { flush() }
        case .last: write(response, to: exchange, isLast: true, since: start)
        case .stream, .discarded, nil: break
        }
        return actions
    }

    private func write(_ response: Response, to exchange: Exchange, isLast: Bool, since start: NIODeadline) {
        var connection = isLast ? ResponseWriter.Connection.closes : .staysOpen
        switch exchange {
        case .request(let request, let isHTTP10):
            if isHTTP10, !isLast { connection = .staysOpenByRequest }
            write(response, to: request, connection, since: start)
        case .refusal(_, let request): write(response, to: request, connection, since: start)
        case .replay(let entry):
            let (id, seconds) = (entry.clientID ?? eventLoop.nextRequestID(), eventLoop.seconds)
            let nanoseconds = write(response, id, entry.route, connection, at: seconds, since: start)
            eventLoop.log(entry.line, requestID: id, nanoseconds: nanoseconds, at: seconds)
        }
    }

    func write(
        _ response: Response,
        to request: Request,
        _ connection: ResponseWriter.Connection,
        since start: NIODeadline
    ) {
        let seconds = eventLoop.seconds
        let nanoseconds = write(response, request.id, request.target.route, connection, at: seconds, since: start)
        eventLoop.log(response, to: request, requestID: request.id, nanoseconds: nanoseconds, at: seconds)
    }

    /// Writes and counts a response, and returns the time that it took.
    private func write(
        _ response: Response,
        _ id: RequestID,
        _ route: Route,
        _ connection: ResponseWriter.Connection,
        at seconds: Int64,
        since start: NIODeadline
    ) -> Int64 {
        if output.capacity == 0 { output = eventLoop.takeBuffer() }
        eventLoop.writer.write(response, requestID: id, connection: connection, at: seconds, to: &output)
        let nanoseconds = (NIODeadline.now() - start).nanoseconds
        eventLoop.responder.metrics.count(route, status: response.status, nanoseconds: nanoseconds)
        return nanoseconds
    }

    // MARK: Steps

    private func take(_ steps: ConnectionSteps) {
        guard let context else { return }
        let late = incoming?.request
        if steps.contains(.stopInput) {
            timing.discardInput()
            incoming = nil
        }
        if steps.contains(.sendContinue) {
            output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            flush()
        }
        if steps.contains(.finishOutput) { finishOutput(context) }
        // Time for the client to read the response before its unread input resets the connection.
        if steps.contains(.closeOutput) { context.close(mode: .output, promise: nil) }
        if steps.contains(.flush) { flush() }
        if steps.contains(.read) { context.read() }
        if steps.contains(.refuseLateRequest) { refuse(.tooSlow, of: late) }
        if steps.contains(.endWait) { endWait() }
        if steps.contains(.sendEvent) { sendEvent(context) }
        if steps.contains(.sendComment) { sendComment(context) }
        if steps.contains(.close) { context.close(promise: nil) }
    }

    private func finishOutput(_ context: ChannelHandlerContext) {
        finishStream()
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.handle(.lastResponseSent) }
        var buffer = ByteBuffer()
        swap(&buffer, &output)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: sent)
    }

    /// Sends the responses that were written, and a piece of an event stream after them.
    func send(_ piece: ByteBuffer, _ context: ChannelHandlerContext) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.handle(.eventSent) }
        if output.readableBytes > 0 { flush() }
        context.writeAndFlush(wrapOutboundOut(piece), promise: sent)
        eventLoop.yieldProcessor()
    }

    /// Sends the responses that were written.
    func flush() {
        guard output.readableBytes > 0, let context else { return }
        // More can be written before the write returns: it may make the connection writable.
        var sent = ByteBuffer()
        swap(&sent, &output)
        context.writeAndFlush(wrapOutboundOut(sent), promise: nil)
        eventLoop.giveBack(&sent)
        eventLoop.yieldProcessor()
    }

    /// Ends the connection when something took too long.
    func checkDeadlines(at now: NIODeadline) {
        guard let context else { return }
        endStreamOfEndedSession()
        let unsent = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        let activity = ConnectionActivity(
            headStart: timing.headStart,
            lastByte: timing.lastByte,
            unsentBytes: Int(unsent)
        )
        perform(machine.handle(.tick(activity), at: now), since: now)
    }
}
