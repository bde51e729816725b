import NIOCore
import NIOHTTP1
import RosterModel

/// The protocol of one connection: one exchange at a time.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private enum State {
        case idle
        case busy(Exchange, release: @Sendable () -> Void)
        case closed
    }

    /// The most interim responses before the head of one response.
    private static let interimLimit = 16
    /// The request is written in parts, so that a long upload is not a late response.
    private static let partSize = 64 * 1024

    private let meter: ByteMeter
    private let options: Connection.Options
    private var state = State.idle
    private var context: ChannelHandlerContext?
    private var interims = 0
    private var isReusable = false

    init(_ meter: ByteMeter, _ options: Connection.Options) {
        self.meter = meter
        self.options = options
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if !context.channel.isActive { state = .closed }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail(.closed, context)
        self.context = nil
    }

    /// A Boolean value that indicates whether a byte of the response to the last request came.
    var hasBytes: Bool { meter.hasBytes }

    /// Writes a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - exchange: the exchange that receives the response.
    ///   - release: called when the connection can carry another exchange.
    /// - Returns: false when the connection cannot carry it, and nothing was written.
    func start(_ request: HTTPRequest, _ exchange: Exchange, release: @escaping @Sendable () -> Void) -> Bool {
        guard case .idle = state, let context, context.channel.isActive else { return false }
        state = .busy(exchange, release: release)
        (interims, isReusable, meter.hasBytes) = (0, false, false)
        exchange.start()
        context.write(wrapOutboundOut(.head(options.head(of: request))), promise: nil)
        for start in stride(from: 0, to: request.body.count, by: Self.partSize) {
            let part = request.body[start..<min(start + Self.partSize, request.body.count)]
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenSuccess { exchange.noteWritten(isLast: false) }
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: part)))), promise: written)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { exchange.noteWritten(isLast: true) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .busy(let exchange, let release) = state else { return fail(.malformed, context) }
        switch unwrapInboundIn(data) {
        case .head(let head): receive(head, exchange, context)
        case .body(let part): exchange.receive(part)
        case .end:
            exchange.complete()
            guard isReusable, exchange.isWritten, context.channel.isActive else {
                state = .closed
                return context.close(promise: nil)
            }
            state = .idle
            // The end of an idle connection is seen only while it is read.
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
            release()
        }
    }

    private func receive(_ head: HTTPResponseHead, _ exchange: Exchange, _ context: ChannelHandlerContext) {
        if (100..<200).contains(head.status.code) {
            interims += 1
            // Nothing asks for another protocol (101).
            if head.status.code == 101 || interims > Self.interimLimit { fail(.malformed, context) }
            return
        }
        guard let framing = BodyFraming(head) else { return fail(.malformed, context) }
        isReusable =
            options.keepsConnections && head.version == .http1_1 && head.isKeepAlive && framing != .untilClose
        exchange.receive(head)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(HTTPFailure(error), context) }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed, context)
        context.fireChannelInactive()
    }

    private func fail(_ failure: HTTPFailure, _ context: ChannelHandlerContext) {
        if case .busy(let exchange, _) = state { exchange.fail(failure) }
        state = .closed
        context.close(promise: nil)
    }
}
