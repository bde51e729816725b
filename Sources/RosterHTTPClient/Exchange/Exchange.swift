import NIOCore
import NIOHTTP1

/// The response of one request, on the event loop of its connection.
///
/// It owns what was read of the body, so that the connection can carry the next exchange before the reader of this one
/// has taken the last part.
final class Exchange {
    /// The first result completes it: the head, or the reason why there is none.
    let head: EventLoopPromise<HTTPResponseHead>
    private let channel: any Channel
    private let timing: HTTPTiming
    private let end: NIODeadline?
    private var parts = CircularBuffer<ByteBuffer>()
    private var reader: EventLoopPromise<[UInt8]?>?
    private var result: Result<Void, HTTPFailure>?
    private var totalClock: Scheduled<Void>?
    /// The time to the head, and then that to the next part for which the reader waits.
    private var clock: Scheduled<Void>?
    private var hasHead = false
    /// A Boolean value that indicates whether the whole request was written.
    private(set) var isWritten = false

    init(_ channel: any Channel, _ timing: HTTPTiming, end: NIODeadline?, head: EventLoopPromise<HTTPResponseHead>) {
        (self.channel, self.timing, self.end, self.head) = (channel, timing, end, head)
    }

    var isOver: Bool { result != nil }

    /// Starts the clocks.
    func start() {
        if let end {
            totalClock = channel.eventLoop.assumeIsolated().scheduleTask(deadline: end) { self.fail(.totalTimeout) }
        }
        restartHeadClock()
    }

    /// Records that a part of the request was written, which takes its time.
    func noteWritten(isLast: Bool) {
        isWritten = isLast
        if !hasHead, !isOver { restartHeadClock() }
    }

    private func restartHeadClock() { restartClock(timing.head, .headTimeout) }

    private func restartClock(_ time: Duration, _ failure: HTTPFailure) {
        clock?.cancel()
        clock = channel.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(clamping: time)) { self.fail(failure) }
    }

    func receive(_ head: HTTPResponseHead) {
        guard !isOver else { return }
        hasHead = true
        clock?.cancel()
        setReading(false)
        self.head.succeed(head)
    }

    func receive(_ part: ByteBuffer) {
        guard !isOver, part.readableBytes > 0 else { return }
        clock?.cancel()
        setReading(false)
        guard let reader else { return parts.append(part) }
        self.reader = nil
        reader.succeed(Array(part.readableBytesView))
    }

    /// Records the end of the body.
    func complete() {
        guard !isOver else { return }
        result = .success(())
        stopClocks()
        reader?.succeed(nil)
        reader = nil
    }

    /// Ends the exchange and its connection, unless it is complete.
    func fail(_ failure: HTTPFailure) {
        guard !isOver else { return }
        result = .failure(failure)
        stopClocks()
        head.fail(failure)
        reader?.fail(failure)
        reader = nil
        channel.close(promise: nil)
    }

    /// Forgets what was not read; ends the connection unless the body is complete.
    func cancel() {
        fail(.cancelled)
        parts.removeAll()
    }

    /// Returns the next part of the body, and reads from the connection only when there is none.
    func next() -> EventLoopFuture<[UInt8]?> {
        let loop = channel.eventLoop
        if let part = parts.popFirst() { return loop.makeSucceededFuture(Array(part.readableBytesView)) }
        switch result {
        case .success: return loop.makeSucceededFuture(nil)
        case .failure(let failure): return loop.makeFailedFuture(failure)
        case nil: break
        }
        // Only one task reads a body.
        guard reader == nil else { return loop.makeFailedFuture(HTTPFailure.cancelled) }
        let reader = loop.makePromise(of: [UInt8]?.self)
        self.reader = reader
        if let stall = timing.stall { restartClock(stall, .stalled) }
        setReading(true)
        return reader.futureResult
    }

    private func setReading(_ reads: Bool) { try? channel.syncOptions?.setOption(.autoRead, value: reads) }

    private func stopClocks() {
        clock?.cancel()
        totalClock?.cancel()
    }
}
