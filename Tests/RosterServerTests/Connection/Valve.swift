import NIOCore
import NIOEmbedded

/// Holds everything that is written until it is opened.
final class Valve: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var held: [(NIOAny, EventLoopPromise<Void>?)] = []
    private var isOpen = false
    private var context: ChannelHandlerContext?
    var count: Int { held.count }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isOpen { context.write(data, promise: promise) } else { held.append((data, promise)) }
    }

    func open() {
        isOpen = true
        while !held.isEmpty {
            let (data, promise) = held.removeFirst()
            context?.writeAndFlush(data, promise: promise)
        }
    }
}
