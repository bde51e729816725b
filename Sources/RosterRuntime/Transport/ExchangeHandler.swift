import NIOCore
import NIOHTTP1
import NIOTLS

/// Waits for the connection to be ready, then gathers one answer.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let ready: EventLoopPromise<Void>
    private let answer: EventLoopPromise<ProviderAnswer>
    private let limit: Int
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(ready: EventLoopPromise<Void>, answer: EventLoopPromise<ProviderAnswer>, limit: Int) {
        self.ready = ready
        self.answer = answer
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A connection that broke before anybody listened tells nobody of it.
        if !context.channel.isActive { fail(.closed, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        ready.fail(TransportFailure.closed)
        answer.fail(TransportFailure.closed)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { ready.succeed() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let buffer):
            guard body.count + buffer.readableBytes <= limit else { return fail(.tooLarge, context) }
            body += buffer.readableBytesView
        case .end:
            guard let head else { return fail(.malformed, context) }
            answer.succeed(
                ProviderAnswer(
                    status: Int(head.status.code),
                    headers: head.headers.map { ($0.name, $0.value) },
                    body: body
                )
            )
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(TransportFailure(error), context) }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed, context)
        context.fireChannelInactive()
    }

    /// What came first counts: a promise that is kept ignores the rest.
    private func fail(_ failure: TransportFailure, _ context: ChannelHandlerContext) {
        ready.fail(failure)
        answer.fail(failure)
        context.close(promise: nil)
    }
}
