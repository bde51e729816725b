import NIOCore
import NIOPosix
import NIOSSL
import RosterModel
import Synchronization

/// A server on loopback that answers each request with given bytes, which need not be HTTP.
final class ScriptedServer: Sendable {
    /// A step of an answer.
    enum Step: Sendable {
        case send(String)
        case bytes([UInt8])
        /// Sends bytes, and ends the connection once the client took them.
        case lastBytes([UInt8])
        /// Sends every byte in its own segment.
        case trickle(String)
        /// Ends the connection.
        case close
        /// Ends the connection without the message of TLS that announces the end.
        case cutOff
    }

    /// A request, and its place among the connections and their requests.
    struct Request: Sendable {
        let text: String
        let connection: Int
        let number: Int

        var path: Substring { text.split(separator: " ", maxSplits: 2).dropFirst().first ?? "" }
    }

    /// The events that a server has recorded.
    struct Record: Sendable {
        var requests: [Request] = []
        var connections = 0
        var ended = 0
    }

    typealias Script = @Sendable (Request) -> [Step]

    private let channel: any Channel
    private let state: State
    /// A value for each connection that ended.
    let ends: AsyncStream<Void>
    /// A value for each request.
    let requests: AsyncStream<Request>

    fileprivate final class State: Sendable {
        let record = Mutex(Record())
        let script: Script
        let ended: AsyncStream<Void>.Continuation
        let requested: AsyncStream<Request>.Continuation

        init(
            _ script: @escaping Script,
            _ ended: AsyncStream<Void>.Continuation,
            _ requested: AsyncStream<Request>.Continuation
        ) {
            (self.script, self.ended, self.requested) = (script, ended, requested)
        }
    }

    init(tls: NIOSSLContext? = nil, host: String = "127.0.0.1", _ script: @escaping Script) async throws {
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        let (requests, requested) = AsyncStream.makeStream(of: Request.self)
        (self.ends, self.requests) = (ends, requests)
        let state = State(script, ended, requested)
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(state))
                }
            }
            .bind(host: host, port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var port: UInt16 { UInt16(channel.localAddress?.port ?? 0) }

    var record: Record { state.record.withLock { $0 } }

    /// The origin of the server, under another name on request.
    func origin(_ scheme: Origin.Scheme = .http, _ host: Host = .ipv4(IPv4Address(value: 0x7F00_0001))) -> Origin {
        Origin(scheme: scheme, host: host, port: port)
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: ScriptedServer.State
    private let connection: Int
    private var received: [UInt8] = []
    private var number = 0

    init(_ state: ScriptedServer.State) {
        self.state = state
        connection = state.record.withLock { record in
            record.connections += 1
            return record.connections
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.record.withLock { $0.ended += 1 }
        state.ended.yield()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while let request = nextRequest() {
            state.record.withLock { $0.requests.append(request) }
            for step in state.script(request) { perform(step, context) }
            state.requested.yield(request)
        }
    }

    private func nextRequest() -> ScriptedServer.Request? {
        // The first bytes of TLS, which a server without it answers like any request that it cannot read.
        if received.first == 0x16 { received = Array("TLS\r\n\r\n".utf8) }
        let text = String(decoding: received, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let length =
            text[..<end].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
            .flatMap { Int($0.dropFirst(16)) } ?? 0
        let size = text.utf8.distance(from: text.startIndex, to: end) + 4 + length
        guard received.count >= size else { return nil }
        defer { received.removeFirst(size) }
        number += 1
        return ScriptedServer.Request(
            text: String(decoding: received.prefix(size), as: UTF8.self),
            connection: connection,
            number: number
        )
    }

    private func perform(_ step: ScriptedServer.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .send(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        case .lastBytes(let bytes):
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
                .whenComplete { _ in channel.close(promise: nil) }
        case .trickle(let text):
            for byte in text.utf8 { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil) }
        case .close: context.close(promise: nil)
        case .cutOff:
            // Between the handler of TLS and the socket.
            let secure = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
            (secure ?? context).close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension String {
    fileprivate func range(of text: String) -> String.Index? {
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: text.utf8) { return start }
            start = utf8.index(after: start)
        }
        return nil
    }
}
