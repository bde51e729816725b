import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import RosterModel

/// A connection to one origin.
final class Connection: Sendable {
    /// The options that all connections of a client have.
    struct Options: Sendable {
        let keepsConnections: Bool
        /// The most bytes of a body whose content coding is removed; nil to remove none.
        let decodedLimit: Int?
    }

    /// The reason why an attempt failed, and whether the request may be sent again.
    struct Failure: Error {
        let failure: HTTPFailure
        let wasWritten: Bool
        let hasBytes: Bool
    }

    private struct Started: Sendable {
        let head: HTTPResponseHead
        let exchange: NIOLoopBound<Exchange>
    }

    private static let fieldLimit = 100
    private static let headLimit = 16 * 1024

    let origin: Origin
    private let channel: any Channel
    private let handler: NIOLoopBound<ConnectionHandler>

    init(_ origin: Origin, _ channel: any Channel, _ handler: NIOLoopBound<ConnectionHandler>) {
        (self.origin, self.channel, self.handler) = (origin, channel, handler)
    }

    /// Adds the handlers of HTTP to a channel, on its event loop.
    static func configure(_ channel: any Channel, _ options: Options) throws -> NIOLoopBound<ConnectionHandler> {
        let pipeline = channel.pipeline.syncOperations
        let meter = ByteMeter()
        let handler = ConnectionHandler(meter, options)
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldCount, limits.maxHeaderListSize) = (fieldLimit, headLimit)
        limits.maxHeaderFieldSize = headLimit
        try pipeline.addHandler(meter)
        try pipeline.addHandler(HTTPRequestEncoder())
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPResponseDecoder(informationalResponseStrategy: .forward, limitConfiguration: limits)
            )
        )
        try pipeline.addHandler(NIOHTTPRequestHeadersValidator())
        if let limit = options.decodedLimit {
            try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .size(limit)))
        }
        try pipeline.addHandler(handler)
        return NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    var isActive: Bool { channel.isActive }

    func close() { channel.close(promise: nil) }

    /// Calls a function once the connection is closed.
    func whenClosed(_ function: @escaping @Sendable () -> Void) { channel.closeFuture.whenComplete { _ in function() } }

    /// Calls a function on the event loop after a time.
    func schedule(_ time: Duration, _ function: @escaping @Sendable () -> Void) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: TimeAmount(clamping: time), function)
    }

    /// Sends a request and waits for the head of the response.
    ///
    /// - Parameters:
    ///   - request: a request to the origin of the connection.
    ///   - timing: the times of the exchange.
    ///   - end: the time at which the exchange ends.
    ///   - release: called when the connection can carry another exchange.
    /// - Returns: the response.
    /// - Throws: ``Failure``.
    func send(
        _ request: HTTPRequest,
        _ timing: HTTPTiming,
        end: NIODeadline?,
        release: @escaping @Sendable () -> Void
    ) async throws(Failure) -> HTTPResponse {
        let (channel, handler) = (channel, handler)
        do {
            let started = try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit {
                    Self.start(request, timing, end: end, channel, handler.value, release: release)
                }.get()
            } onCancel: {
                channel.close(promise: nil)
            }
            return HTTPResponse(
                status: Int(started.head.status.code),
                fields: started.head.headers.map { ($0.name, $0.value) },
                body: ResponseBody(started.exchange, channel.eventLoop)
            )
        } catch let error as Failure where !Task.isCancelled {
            throw error
        } catch {
            throw Failure(failure: Task.isCancelled ? .cancelled : HTTPFailure(error), wasWritten: true, hasBytes: true)
        }
    }

    private static func start(
        _ request: HTTPRequest,
        _ timing: HTTPTiming,
        end: NIODeadline?,
        _ channel: any Channel,
        _ handler: ConnectionHandler,
        release: @escaping @Sendable () -> Void
    ) -> EventLoopFuture<Started> {
        let loop = channel.eventLoop
        let head = loop.makePromise(of: HTTPResponseHead.self)
        let exchange = Exchange(channel, timing, end: end, head: head)
        let wasWritten = handler.start(request, exchange, release: release)
        if !wasWritten { head.fail(HTTPFailure.closed) }
        let bound = NIOLoopBound(exchange, eventLoop: loop)
        let boundHandler = NIOLoopBound(handler, eventLoop: loop)
        return head.futureResult.map { Started(head: $0, exchange: bound) }.flatMapErrorThrowing { error in
            throw Failure(
                failure: HTTPFailure(error),
                wasWritten: wasWritten,
                hasBytes: wasWritten && boundHandler.value.hasBytes
            )
        }
    }
}

extension Connection.Options {
    /// Returns the head of a request with the fields that the client adds.
    func head(of request: HTTPRequest) -> HTTPRequestHead {
        var head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method),
            uri: request.target
        )
        head.headers.reserveCapacity(request.fields.count + 4)
        head.headers.add(name: "Host", value: request.origin.authority)
        for field in request.fields { head.headers.add(name: field.name, value: field.value) }
        if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            head.headers.add(name: "Content-Length", value: "\(request.body.count)")
        }
        if decodedLimit != nil, !head.headers.contains(name: "Accept-Encoding") {
            head.headers.add(name: "Accept-Encoding", value: "gzip")
        }
        if !keepsConnections { head.headers.add(name: "Connection", value: "close") }
        return head
    }
}

extension Origin {
    /// The value of `Host`.
    fileprivate var authority: String { String(description.dropFirst(scheme.rawValue.count + 3)) }
}
