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
    let listeners: ListenerStore
    private var yieldsProcessor = false
    var writer = ResponseWriter()
    var replayCache = ResponseReplayCache()
    private var connections: [ObjectIdentifier: HTTPConnectionHandler] = [:]
    private var spareBuffer: ByteBuffer?
    /// The number of the day of the last sweep, and whether the publication had expired.
    private var sweptState: (day: Int64, isExpired: Bool) = (0, false)
    private var logLines: [UInt8] = []
    private var logTime: (seconds: Int64, text: [UInt8]) = (.min, [])
    /// The state of a generator (splitmix64) whose numbers name requests; it starts at an unpredictable number.
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
        listeners = ListenerStore(eventLoop: self.eventLoop)
    }

    /// Adds a connection whose deadlines are checked; returns the number of open connections of all event loops.
    func add(_ handler: HTTPConnectionHandler) -> Int {
        connections[ObjectIdentifier(handler)] = handler
        return connectionCounter.noteOpening()
    }

    func remove(_ handler: HTTPConnectionHandler) {
        if connections.removeValue(forKey: ObjectIdentifier(handler)) != nil { connectionCounter.noteClosing() }
    }

    /// Returns an empty buffer for responses.
    func takeBuffer() -> ByteBuffer { spareBuffer.take() ?? ByteBuffer() }

    /// Keeps the memory of a buffer whose responses are sent, for the next connection.
    func giveBack(_ buffer: inout ByteBuffer) {
        guard buffer.capacity <= 64 * 1024 else { return }
        // Usually the bytes are sent by now, and nothing else retains the memory.
        buffer.clear()
        spareBuffer = buffer
    }

    /// Yields the processor to other threads once the requests at hand are answered.
    ///
    /// A loop that always has more requests would keep it for several ticks of the scheduler, 4 ms each, while the clients
    /// wait on the same processor to read their responses: a 99th percentile of 7 ms, and of 1 ms with this.
    func yieldProcessor() {
        guard !yieldsProcessor else { return }
        yieldsProcessor = true
        eventLoop.execute { [self] in
            yieldsProcessor = false
            sched_yield()
        }
    }

    /// Returns a new name for a request.
    func nextRequestID() -> RequestID {
        requestNumber &+= 0x9E37_79B9_7F4A_7C15
        var word = requestNumber
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return RequestID(number: word ^ (word >> 31))
    }

    /// The time in whole seconds, from a clock that is cheap to read.
    var seconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }

    /// Returns the key under which the response to a request at a time is cached.
    func cacheKey(at seconds: Int64) -> ResponseReplayCache.CacheKey {
        let store = responder.store
        // Before the generation, which changes before the validity of a newer publication begins.
        let isExpired = store.refusesRequests(at: Timestamp(secondsSince1970: seconds))
        return ResponseReplayCache.CacheKey(
            generation: store.generation,
            day: seconds / 86_400,
            isExpired: isExpired
        )
    }

    /// Returns the log line of a response, which is used again when the response is replayed.
    func logLine(for response: Response, to request: Request) -> RequestLog.Line {
        requestLog.line(of: RequestLog.Entry(response, to: request))
    }

    /// Logs a response whose line was made before.
    func log(_ line: RequestLog.Line, requestID: RequestID, nanoseconds: Int64, at seconds: Int64) {
        line.append(time: logTime(at: seconds), nanoseconds: nanoseconds, requestID: requestID, to: &logLines)
        if logLines.count > 64 * 1024 { flushLog() }
    }

    /// Logs a response; the line is written with others, off the path of requests.
    func log(_ response: Response, to request: Request, requestID: RequestID, nanoseconds: Int64, at seconds: Int64) {
        requestLog.append(
            RequestLog.Entry(response, to: request),
            time: logTime(at: seconds),
            nanoseconds: nanoseconds,
            requestID: requestID,
            to: &logLines
        )
        if logLines.count > 64 * 1024 { flushLog() }
    }

    private func logTime(at seconds: Int64) -> [UInt8] {
        if logTime.seconds != seconds {
            logTime = (seconds, Array(Timestamp(secondsSince1970: seconds).description.utf8))
        }
        return logTime.text
    }

    /// Passes the lines to the log.
    func flushLog() {
        guard !logLines.isEmpty else { return }
        requestLog.write(logLines)
        logLines.removeAll(keepingCapacity: true)
    }

    /// Checks the deadlines of all connections; called a few times a second.
    func sweep(at now: NIODeadline) {
        let key = cacheKey(at: seconds)
        // A token or the publication may have expired.
        if key.day != sweptState.day || key.isExpired != sweptState.isExpired { listeners.wake() }
        sweptState = (key.day, key.isExpired)
        for handler in Array(connections.values) { handler.checkDeadlines(at: now) }
        replayCache.sweep(at: now, key)
        flushLog()
    }

    /// Brings the event that an audience hears up to date.
    func update(_ audience: EventAudience) {
        let seconds = self.seconds
        // The version precedes the event, so that no event counts as that of a later version.
        let key = cacheKey(at: seconds)
        let version = EventAudience.Version(generation: key.generation, day: key.day, isExpired: key.isExpired)
        audience.update(to: version) { credential in
            responder.event(for: credential, at: Timestamp(secondsSince1970: seconds))
        }
    }
}

extension RequestLog.Entry {
    fileprivate init(_ response: Response, to request: Request) {
        self.init(
            method: request.method.rawValue,
            path: request.target.path,
            status: response.status,
            bytes: response.bodyLength,
            tokenID: response.tokenID
        )
    }
}
