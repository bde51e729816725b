import NIOCore
import NIOHTTP1
import RosterModel

/// Takes the requests of one connection and answers them in their order.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is to be answered, in turn.
    private enum Waiting {
        case request(Request, Connection)
        case refusal(Problem, Request)
    }

    /// What a request says of its connection.
    struct Connection {
        var keepsAlive: Bool
        var isHTTP10: Bool

        /// Whether it goes on behind the answer, as HTTP/1.1 has it when nothing is said.
        var isUsual: Bool { keepsAlive && !isHTTP10 }
    }

    private enum Phase {
        case open
        /// The last answer is being sent; everything that comes is dropped.
        case closing
        /// Everything that comes is dropped until the client closes too, or the time is up.
        case draining(until: NIODeadline)
    }

    private let loop: EventLoopContext
    private let timing: RequestTimingHandler
    private var context: ChannelHandlerContext?
    private var isOneTooMany = false
    private var phase = Phase.open
    private var incoming: IncomingRequest?
    /// Whether the client waits to be told before it sends the body.
    private var owesContinue = false
    /// Whether what comes is not looked at any more, since something before it was refused.
    private var isRefusing = false
    private var waiting = CircularBuffer<Waiting>()
    /// Whether an answer is being made elsewhere.
    private var isAnswering = false
    private var isReadHeld = false
    private var isQuiescing = false
    /// Whether the client has said that it sends no more.
    private var hasInputEnded = false
    private var isWritable = true
    private var lastWrite = NIODeadline.now()
    /// Bytes of answers that the client had not taken at the last look.
    private var unsent = 0
    /// What is to be sent; there is no memory for it while that is nothing.
    private var out = ByteBuffer()
    /// The request that was answered last, when it would be answered the same again.
    private(set) var repeatable: (request: Request, response: Response, in: ResponseReplayCache.CacheKey)?

    init(loop: EventLoopContext, timing: RequestTimingHandler) {
        self.loop = loop
        self.timing = timing
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        timing.handler = self
        isOneTooMany = loop.add(self) > loop.limits.connections
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        loop.remove(self)
        timing.handler = nil
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        guard isOneTooMany else { return }
        var problem = Problem.notReady
        problem.title = "Too many connections"
        problem.detail = "the server has as many connections as it may; try again"
        refuse(problem)
        flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        loop.remove(self)
        waiting.removeAll()
        isRefusing = true
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isQuiescing = true
            checkDeadlines(at: .now())
        } else if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            endOfInput(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func endOfInput(_ context: ChannelHandlerContext) {
        hasInputEnded = true
        switch phase {
        case .open where !isAnswering && waiting.isEmpty: close(context)
        case .open, .closing: return
        case .draining: context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            let isLine = timing.lineLength > loop.limits.headBytes / 2
            refuse(isLine ? .targetTooLong(loop.limits) : .headTooLarge(loop.limits))
        case HTTPParserError.invalidEOFState: close(context)
        case HTTPParserError.unknown where timing.refusesTransferCoding: refuse(.unknownTransferCoding)
        case is HTTPParserError: refuse(.malformed)
        case is ByteToMessageDecoderError: return
        default: context.close(promise: nil)
        }
        flush()
    }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefusing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            timing.endHead()
            let request = IncomingRequest(head, loop, at: timing.lastByte)
            if let problem = request.problem(loop.limits) { return refuse(problem, of: request.request) }
            incoming = request
            owesContinue = request.expectsContinue
            inviteBody()
        case .body(let piece):
            owesContinue = false
            guard incoming?.append(piece, limit: loop.limits.bodyBytes) == false else { return }
            refuse(.bodyTooLarge(loop.limits), of: incoming?.request)
        case .end:
            timing.endRequest()
            guard let incoming = incoming.take() else { return }
            let connection = Connection(keepsAlive: incoming.keepsAlive, isHTTP10: incoming.isHTTP10)
            if !connection.keepsAlive { timing.dropInput() }
            // As a rule nothing is in its way.
            if waiting.isEmpty, !isAnswering, isWritable {
                answer(incoming.complete, connection, since: timing.lastByte)
            } else {
                waiting.append(.request(incoming.complete, connection))
            }
        }
    }

    /// Tells the client to send the body that it holds back, once everything before it is answered.
    private func inviteBody() {
        guard owesContinue, incoming != nil, waiting.isEmpty, !isAnswering else { return }
        owesContinue = false
        out.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        // A client that sends more than it reads has to wait, or its answers would fill the memory.
        guard waiting.isEmpty else {
            isReadHeld = true
            return
        }
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        lastWrite = .now()
        isWritable = context.channel.isWritable
        if isWritable {
            answerWaiting()
            flush()
        }
        context.fireChannelWritabilityChanged()
    }

    /// Answers what cannot be let in, and ends the connection behind it.
    private func refuse(_ problem: Problem, of request: Request? = nil) {
        guard !isRefusing else { return }
        isRefusing = true
        timing.dropInput()
        incoming = nil
        waiting.append(.refusal(problem, request ?? IncomingRequest.unreadable(loop)))
        answerWaiting()
    }

    // MARK: What came before

    /// Answers a request whose very bytes were answered before; false when they were not, or something is in the way.
    func answerAgain(_ bytes: ByteBuffer, since start: NIODeadline) -> Bool {
        guard case .open = phase, !isRefusing, !isQuiescing, !hasInputEnded, !isAnswering, isWritable, waiting.isEmpty
        else { return false }
        let seconds = loop.seconds
        guard let before = loop.replayCache.answered(bytes, in: loop.cacheKey(at: seconds)) else { return false }
        let id = before.request.hasOwnID ? before.request.id : loop.nextRequestID()
        let line = before.line
        send(before.response, to: before.request, named: id, .staysOpen, since: start, at: seconds, line: line)
        return true
    }

    /// Keeps what was answered last for when the bytes of its request come again.
    func remember(_ bytes: ByteBuffer) {
        guard let (request, response, cacheKey) = repeatable.take() else { return }
        loop.replayCache.note(bytes, in: cacheKey) {
            ResponseReplayCache.Entry(bytes, request, response, loop.line(of: response, to: request))
        }
    }

    /// Lets go of what was answered last, which is not to be kept: it holds a token, and its snapshot's bytes.
    func forgetAnswer() { repeatable = nil }

    // MARK: Answers

    /// Bytes of answers that are sent at the latest, although more requests are at hand.
    private static let mostHeld = 256 * 1024

    private func answerWaiting() {
        while !isAnswering, isWritable, let next = waiting.popFirst() {
            switch next {
            case .request(let request, let connection):
                answer(request, connection, since: .now())
                forgetAnswer()
            case .refusal(let problem, let request):
                var response = HTTPResponder.response(problem, to: request)
                response.closes = true
                send(response, to: request, Connection(keepsAlive: false, isHTTP10: false), since: .now())
            }
        }
        inviteBody()
        if waiting.isEmpty, isReadHeld {
            isReadHeld = false
            context?.read()
        }
    }

    private func answer(_ request: Request, _ connection: Connection, since start: NIODeadline) {
        // Asked for before the snapshot is: an answer is never filed under a snapshot that came after it.
        let cacheKey = loop.cacheKey(at: request.time.secondsSince1970)
        switch loop.responder.outcome(of: request) {
        case .ready(let response):
            // No refusal is kept: strangers could push out what those who may read ask for again and again.
            if connection.isUsual, request.isRepeatable, !response.closes, response.status < 400 {
                repeatable = (request, response, cacheKey)
            }
            send(response, to: request, connection, since: start)
        case .later(let work):
            guard let context else { return }
            isAnswering = true
            let (handler, eventLoop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
            Task {
                let response = await work()
                eventLoop.execute {
                    handler.value.isAnswering = false
                    handler.value.send(response, to: request, connection, since: start)
                    handler.value.answerWaiting()
                    handler.value.flush()
                }
            }
        }
    }

    private func send(_ response: Response, to request: Request, _ connection: Connection, since start: NIODeadline) {
        let isLast = (isQuiescing || hasInputEnded) && waiting.isEmpty
        let closes = response.closes || !connection.keepsAlive || isLast
        let then: ResponseWriter.Connection =
            closes ? .closes : connection.isHTTP10 ? .staysOpenByRequest : .staysOpen
        send(response, to: request, named: request.id, then, since: start, at: loop.seconds)
    }

    private func send(
        _ response: Response,
        to request: Request,
        named id: RequestID,
        _ connection: ResponseWriter.Connection,
        since start: NIODeadline,
        at seconds: Int64,
        line: RequestLog.Line? = nil
    ) {
        guard let context, case .open = phase else { return }
        if out.capacity == 0 { out = loop.takeBuffer() }
        loop.writer.write(response, requestID: id, connection: connection, at: seconds, to: &out)
        let end = NIODeadline.now()
        lastWrite = end
        let nanoseconds = (end - start).nanoseconds
        loop.responder.metrics.count(request.target.route, status: response.status, nanoseconds: nanoseconds)
        loop.log(line ?? loop.line(of: response, to: request), requestID: id, nanoseconds: nanoseconds, at: seconds)
        if connection == .closes {
            close(context)
        } else if out.readableBytes > Self.mostHeld {
            flush()
        }
    }

    /// Ends the connection once everything is sent, however slowly the client takes it.
    private func close(_ context: ChannelHandlerContext) {
        guard case .open = phase else { return }
        phase = .closing
        isRefusing = true
        timing.dropInput()
        waiting.removeAll()
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.drain() }
        context.writeAndFlush(wrapOutboundOut(out), promise: sent)
        out = ByteBuffer()
    }

    /// Leaves the client some time to read the answer before what it sent, and nobody read, resets the connection.
    private func drain() {
        guard let context else { return }
        guard !hasInputEnded else { return context.close(promise: nil) }
        phase = .draining(until: .now() + ServerLimits.drainTime)
        context.close(mode: .output, promise: nil)
    }

    /// Sends what was answered.
    func flush() {
        guard out.readableBytes > 0, let context else { return }
        // More may be answered before the write is over: it can be what makes the connection writable.
        var sent = ByteBuffer()
        swap(&sent, &out)
        context.writeAndFlush(wrapOutboundOut(sent), promise: nil)
        loop.giveBack(&sent)
        loop.giveWay()
    }

    // MARK: Time

    /// Takes it for a sign of life when the client has taken some of what is being sent.
    private func noteProgress(_ context: ChannelHandlerContext, at now: NIODeadline) {
        guard now - lastWrite > .seconds(1) else { return }
        let left = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if left != unsent { lastWrite = now }
        unsent = left
    }

    /// Ends the connection when something took too long.
    func checkDeadlines(at now: NIODeadline) {
        guard let context else { return }
        if case .draining(let end) = phase {
            if now > end { context.close(promise: nil) }
            return
        }
        let isBusy = isAnswering || !waiting.isEmpty || incoming != nil || timing.headStart != nil
        noteProgress(context, at: now)
        let quiet = now - (isRefusing ? lastWrite : max(timing.lastByte, lastWrite))
        if isQuiescing, !isBusy, unsent == 0, quiet > .seconds(1) { return context.close(promise: nil) }
        if isRequestLate(at: now) {
            refuse(.tooSlow, of: incoming?.request)
        } else if quiet > .seconds(Int64(loop.limits.idleSeconds)), !isAnswering {
            return context.close(promise: nil)
        }
        flush()
    }

    /// Whether a request has been coming in for too long.
    ///
    /// It is told so before a silence counts: on a busy machine both can be over at the next look.
    private func isRequestLate(at now: NIODeadline) -> Bool {
        guard waiting.isEmpty, !isAnswering, !isRefusing else { return false }
        if let start = timing.headStart { return now - start > .seconds(Int64(loop.limits.headSeconds)) }
        return incoming.map { now - $0.start > .seconds(Int64(ServerLimits.bodySeconds)) } ?? false
    }
}
