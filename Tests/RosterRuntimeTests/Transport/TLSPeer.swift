import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback, with TLS or without, that counts what it reads of requests.
final class TLSPeer: Sendable {
    /// The events that a server has recorded.
    final class Record: Sendable {
        let bytes = Mutex<[UInt8]>([])
        let endedConnections = Mutex(0)
    }

    let record = Record()
    private let channel: any Channel

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - context: its certificate; nil for a server without TLS.
    ///   - host: the address that it listens on.
    ///   - answer: the bytes that it sends after it has received a head, before it closes the connection.
    /// - Throws: when the address is taken.
    init(
        _ context: NIOSSLContext?,
        host: String = "127.0.0.1",
        answer: String = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    ) async throws {
        let record = record
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
                    try pipeline.addHandler(AnsweringHandler(record, answer))
                }
            }
            .bind(host: host, port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var port: UInt16 { UInt16(channel.localAddress?.port ?? 0) }
}

private final class AnsweringHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let record: TLSPeer.Record
    private let answer: String
    private var head: [UInt8] = []

    init(_ record: TLSPeer.Record, _ answer: String) {
        self.record = record
        self.answer = answer
    }

    func channelInactive(context: ChannelHandlerContext) { record.endedConnections.withLock { $0 += 1 } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        record.bytes.withLock { $0 += bytes }
        head += bytes
        guard String(decoding: head, as: UTF8.self).contains("\r\n\r\n") else { return }
        head = []
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A proxy that joins every `CONNECT` to one server.
final class ConnectProxy: Sendable {
    private let channel: any Channel

    init(to port: UInt16, host: String = "127.0.0.1") async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(JoiningHandler(host: host, port: Int(port)))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var port: UInt16 { UInt16(channel.localAddress?.port ?? 0) }
}

private final class JoiningHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let host: String
    private let port: Int
    private var head: [UInt8] = []
    private var peer: (any Channel)?

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if let peer { return peer.writeAndFlush(buffer, promise: nil) }
        head += buffer.readableBytesView
        guard head.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
        let client = context.channel
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { $0.pipeline.addHandler(ReturningHandler(client)) }
            .connect(host: host, port: port)
            .whenComplete { result in
                guard case .success(let peer) = result else { return client.close(promise: nil) }
                handler.value.peer = peer
                client.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"), promise: nil)
            }
    }

    func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }
}

private final class ReturningHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let client: any Channel

    init(_ client: any Channel) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        client.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
}
