import NIOCore
import NIOSSL
import NIOTLS
import RosterModel

/// Waits for the TLS handshake, and checks the identity of the server.
///
/// A connection is ready once the server's certificate is known to be valid for the destination of the requests,
/// regardless of the address to which the socket is connected.
final class IdentityHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let ready: EventLoopPromise<Void>
    private let destination: Host

    init(ready: EventLoopPromise<Void>, destination: Host) {
        self.ready = ready
        self.destination = destination
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A connection that broke before this handler was added does not report it.
        if !context.channel.isActive { fail(.closed, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { ready.fail(HTTPFailure.closed) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { checkIdentity(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Checks the certificate of the server against the destination; requests are written only after this.
    private func checkIdentity(_ context: ChannelHandlerContext) {
        guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() else {
            return fail(.certificate, context)
        }
        let names = CertificateNames(certificate)
        guard names.cover(destination) else { return fail(.otherHost(names: names.description), context) }
        ready.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ready.fail(HTTPFailure(error))
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ready.fail(HTTPFailure.closed)
        context.fireChannelInactive()
    }

    /// Completes with the first result: a completed promise ignores all others.
    private func fail(_ failure: HTTPFailure, _ context: ChannelHandlerContext) {
        ready.fail(failure)
        context.close(promise: nil)
    }
}
