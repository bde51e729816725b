import NIOCore

/// Accepts no more connections than the process has descriptors for.
///
/// While as many are open, the listening socket is not read: clients wait in the backlog, and a reload has the descriptors
/// that it needs.
final class ConnectionLimitHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private let most: Int
    private var open = 0
    private var isReadHeld = false

    /// Creates a limit of `most` connections.
    init(most: Int) { self.most = most }

    func read(context: ChannelHandlerContext) {
        guard open < most else {
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
        guard isReadHeld, open < most, context.channel.isActive else { return }
        isReadHeld = false
        context.read()
    }
}
