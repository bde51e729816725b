import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS
import RosterModel

/// Waits for the connection to be ready, then collects one answer.
///
/// A TLS connection is ready once the server's certificate is known to be valid for the destination of the request,
/// regardless of the address to which the socket is connected.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let ready: EventLoopPromise<Void>
    private let answer: EventLoopPromise<ProviderAnswer>
    private let limit: Int
    private let destination: Host
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(
        ready: EventLoopPromise<Void>,
        answer: EventLoopPromise<ProviderAnswer>,
        limit: Int,
        destination: Host
    ) {
        self.ready = ready
        self.answer = answer
        self.limit = limit
        self.destination = destination
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A connection that broke before this handler was added does not report it.
        if !context.channel.isActive { fail(.closed, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        ready.fail(TransportFailure.closed)
        answer.fail(TransportFailure.closed)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { checkIdentity(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Checks the certificate of the server against the destination; the request is written only after this.
    private func checkIdentity(_ context: ChannelHandlerContext) {
        guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() else {
            return fail(.certificate, context)
        }
        let names = CertificateNames(certificate)
        guard names.cover(destination) else { return fail(.otherHost(names: names.description), context) }
        ready.succeed()
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

    /// Completes with the first result: a completed promise ignores all others.
    private func fail(_ failure: TransportFailure, _ context: ChannelHandlerContext) {
        ready.fail(failure)
        answer.fail(failure)
        context.close(promise: nil)
    }
}
