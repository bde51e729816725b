import Glibc
import NIOCore
import NIOHTTP1
import RosterModel

/// The state that the connections of one event loop share, isolated to that loop.
final class EventLoopContext {
    let responder: HTTPResponder
    let limits: ServerLimits
    let requestLog: RequestLog
    private let connectionCounter: ConnectionCounter
    private let eventLoop: NIOIsolatedEventLoop
    private var givesWay = false
    var writer = ResponseWriter()
    var replayCache = ResponseReplayCache()
    private var connections: [ObjectIdentifier: HTTPConnectionHandler] = [:]
    private var spareBuffer: ByteBuffer?
    private var logLines: [UInt8] = []
    private var logTime: (seconds: Int64, text: [UInt8]) = (.min, [])
    /// A stream of numbers (splitmix64) that name requests; it starts somewhere that nobody can guess.
    private var requestNumber = UInt64.random(in: .min ... .max)

    /// Creates the context; must be called on the event loop.
    init(
        responder: HTTPResponder,
        limits: ServerLimits,
        requestLog: RequestLog,
        connectionCounter: ConnectionCounter,
        eventLoop: any EventLoop
    ) {
        self.responder = responder
        self.limits = limits
        self.requestLog = requestLog
        self.connectionCounter = connectionCounter
        self.eventLoop = eventLoop.assumeIsolated()
    }

    /// Minds a connection from now on; how many are open then, over all event loops.
    func add(_ handler: HTTPConnectionHandler) -> Int {
        connections[ObjectIdentifier(handler)] = handler
        return connectionCounter.noteOpening()
    }

    func remove(_ handler: HTTPConnectionHandler) {
        if connections.removeValue(forKey: ObjectIdentifier(handler)) != nil { connectionCounter.noteClosing() }
    }

    /// An empty buffer for answers.
    func takeBuffer() -> ByteBuffer { spareBuffer.take() ?? ByteBuffer() }

    /// Keeps the memory of a buffer whose answers are sent, for whichever connection is next.
    func giveBack(_ buffer: inout ByteBuffer) {
        guard buffer.capacity <= 64 * 1024 else { return }
        // As a rule the bytes are sent by now, and the memory is nobody else's any more.
        buffer.clear()
        spareBuffer = buffer
    }

    /// Lets other threads have the processor once the requests that are at hand are answered.
    ///
    /// A loop that always finds more of them would keep it for some of the scheduler's ticks, 4 ms each, while who was
    /// answered waits on the same processor for a turn to read: the 99th percentile is 7 ms so, and 1 ms with this.
    func giveWay() {
        guard !givesWay else { return }
        givesWay = true
        eventLoop.execute { [self] in
            givesWay = false
            sched_yield()
        }
    }

    /// A new name for a request.
    func nextRequestID() -> RequestID {
        requestNumber &+= 0x9E37_79B9_7F4A_7C15
        var word = requestNumber
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return RequestID(number: word ^ (word >> 31))
    }

    /// The time in whole seconds, which is cheap to ask for.
    var seconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }

    /// What the answer to a request that comes at a time depends on.
    func cacheKey(at seconds: Int64) -> ResponseReplayCache.CacheKey {
        ResponseReplayCache.CacheKey(generation: responder.store.generation, day: seconds / 86_400)
    }

    /// The line that the log has of an answer.
    func line(of response: Response, to request: Request) -> RequestLog.Line {
        requestLog.line(
            of: RequestLog.Entry(
                method: request.method.rawValue,
                path: request.target.path,
                status: response.status,
                bytes: response.bodyLength,
                tokenID: response.tokenID
            )
        )
    }

    /// Notes an answer for the log; it is written with others, off the path of requests.
    func log(_ line: RequestLog.Line, requestID: RequestID, nanoseconds: Int64, at seconds: Int64) {
        if logTime.seconds != seconds {
            logTime = (seconds, Array(Timestamp(secondsSince1970: seconds).description.utf8))
        }
        line.append(time: logTime.text, nanoseconds: nanoseconds, requestID: requestID, to: &logLines)
        if logLines.count > 64 * 1024 { flushLog() }
    }

    /// Hands the noted lines on.
    func flushLog() {
        guard !logLines.isEmpty else { return }
        requestLog.write(logLines)
        logLines.removeAll(keepingCapacity: true)
    }

    /// Ends what takes too long; called a few times a second.
    func sweep(at now: NIODeadline) {
        for handler in Array(connections.values) { handler.checkDeadlines(at: now) }
        replayCache.sweep(at: now, cacheKey(at: seconds))
        flushLog()
    }
}
