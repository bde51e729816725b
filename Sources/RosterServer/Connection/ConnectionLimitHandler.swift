import NIOCore

/// Accepts only as many connections as the process has file descriptors for.
///
/// While that many are open, the listening socket is not read: clients wait in the backlog, and a reload has the file
/// descriptors that it needs.
final class ConnectionLimitHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private let limit: Int
    private var open = 0
    private var isReadHeld = false

    /// Creates a handler for at most `limit` connections.
    init(limit: Int) { self.limit = limit }

    func read(context: ChannelHandlerContext) {
        guard open < limit else {
            isReadHeld = true
            return
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        open += 1
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (handler, context) = bound.value
            handler.noteClosing(context)
        }
        context.fireChannelRead(data)
    }

    private func noteClosing(_ context: ChannelHandlerContext) {
        open -= 1
        guard isReadHeld, open < limit, context.channel.isActive else { return }
        isReadHeld = false
        context.read()
    }
}
