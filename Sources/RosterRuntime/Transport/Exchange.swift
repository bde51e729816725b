import NIOCore
import NIOExtras
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import RosterModel

/// Sends one request to one of the addresses that were checked, and reads the answer.
struct Exchange: Sendable {
    let request: ProviderRequest
    /// Checked; tried in their order.
    let addresses: [Host]
    let proxy: ProxySettings.Proxy?
    let tls: TLSContext
    let limits: ClientLimits
    let connectDeadline: NIODeadline
    let totalDeadline: NIODeadline

    func run() async throws(TransportFailure) -> ProviderAnswer {
        do {
            var failure = TransportFailure.closed
            for address in addresses {
                do { return try await run(at: address) } catch let error as Unconnected {
                    failure = error.failure
                    // A server answered: trying another address would only hide its problem.
                    guard case .system = failure else { throw failure }
                }
                guard NIODeadline.now() < connectDeadline else { throw TransportFailure.connectTimeout }
            }
            throw failure
        } catch { throw TransportFailure(error) }
    }

    /// A failure before anything was sent, after which the next address may be tried.
    private struct Unconnected: Error {
        let failure: TransportFailure
    }

    private func run(at address: Host) async throws -> ProviderAnswer {
        let (channel, answer): (any Channel, EventLoopFuture<ProviderAnswer>)
        do { (channel, answer) = try await connect(to: address) } catch {
            throw Unconnected(failure: TransportFailure(error))
        }
        defer { channel.close(promise: nil) }
        var head = HTTPRequestHead(version: .http1_1, method: .RAW(value: request.method), uri: request.target)
        head.headers.add(name: "Host", value: request.hostField)
        for field in request.headers { head.headers.add(name: field.name, value: field.value) }
        if request.method != "GET" { head.headers.add(name: "Content-Length", value: "\(request.body.count)") }
        head.headers.add(name: "Accept-Encoding", value: "gzip")
        head.headers.add(name: "Connection", value: "close")
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if !request.body.isEmpty {
            let body = ByteBuffer(bytes: request.body)
            channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return try await Self.value(of: answer, before: totalDeadline, else: .totalTimeout)
    }

    private func connect(to address: Host) async throws -> (any Channel, EventLoopFuture<ProviderAnswer>) {
        let port = Int(proxy?.origin.port ?? request.origin.port)
        let left = connectDeadline - .now()
        guard left > .nanoseconds(0) else { throw TransportFailure.connectTimeout }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(left)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(to: SocketAddress(ipAddress: address.numeric, port: port))
            .get()
        do {
            if let proxy { try await open(through: proxy, channel) }
            // This precedes the promises: a promise that is never completed ends the program.
            let context = request.origin.scheme == .https ? try tls.get() : nil
            let ready = channel.eventLoop.makePromise(of: Void.self)
            let answer = channel.eventLoop.makePromise(of: ProviderAnswer.self)
            try await channel.eventLoop.submit {
                try configure(channel, context, ready: ready, answer: answer)
            }.get()
            try await Self.value(of: ready.futureResult, before: connectDeadline, else: .connectTimeout)
            return (channel, answer.futureResult)
        } catch {
            channel.close(promise: nil)
            throw error
        }
    }

    private func configure(
        _ channel: any Channel,
        _ context: NIOSSLContext?,
        ready: EventLoopPromise<Void>,
        answer: EventLoopPromise<ProviderAnswer>
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        let exchange = ExchangeHandler(
            ready: ready,
            answer: answer,
            limit: limits.answerBytes,
            destination: request.origin.host
        )
        do {
            if let context {
                // The name for SNI; an address has none.
                var name: String?
                if case .name(let host) = request.origin.host { name = host }
                try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
            }
            try pipeline.addHTTPClientHandlers()
            try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .size(limits.answerBytes)))
            try pipeline.addHandler(exchange)
            if context == nil { ready.succeed() }
        } catch {
            ready.fail(error)
            answer.fail(error)
        }
    }

    /// Makes the proxy connect: everything that follows is TLS from end to end.
    private func open(through proxy: ProxySettings.Proxy, _ channel: any Channel) async throws {
        let opened = channel.eventLoop.makePromise(of: Void.self)
        // Proxies that follow RFC 9112, section 3.2, refuse a request of HTTP/1.1 without it.
        var headers: HTTPHeaders = ["Host": "\(request.origin.host):\(request.origin.port)"]
        if let authorization = proxy.authorization { headers.add(name: "Proxy-Authorization", value: authorization) }
        let (host, port, fields) = ("\(request.origin.host)", Int(request.origin.port), headers)
        try await channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTPRequestEncoder(), name: "proxy-encoder")
            try pipeline.addHandler(
                ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes)),
                name: "proxy-decoder"
            )
            try pipeline.addHandler(
                NIOHTTP1ProxyConnectHandler(
                    targetHost: host,
                    targetPort: port,
                    headers: fields,
                    deadline: connectDeadline,
                    promise: opened
                )
            )
        }.get()
        try await Self.value(of: opened.futureResult, before: connectDeadline, else: .connectTimeout)
        try await channel.pipeline.removeHandler(name: "proxy-encoder").get()
        try await channel.pipeline.removeHandler(name: "proxy-decoder").get()
    }

    /// Returns the value of a promise, or throws when it is not completed in time.
    static func value<Value: Sendable>(
        of future: EventLoopFuture<Value>,
        before deadline: NIODeadline,
        else failure: TransportFailure
    ) async throws -> Value {
        let promise = future.eventLoop.makePromise(of: Value.self)
        let timer = future.eventLoop.scheduleTask(deadline: deadline) { promise.fail(failure) }
        future.cascade(to: promise)
        defer { timer.cancel() }
        return try await promise.futureResult.get()
    }
}

extension Host {
    /// An address without brackets.
    var numeric: String {
        switch self {
        case .name(let name): name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}
