import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import NIOSSL
import RosterModel

/// Makes connections to the checked addresses of origins, directly or through a proxy.
struct Connector: Sendable {
    let resolver: NameResolver
    let proxies: ProxySettings
    let tls: TLSContext

    /// Connects to an origin whose identity is then known.
    ///
    /// - Parameters:
    ///   - origin: the destination of the requests.
    ///   - deadline: the time until which the connection must be ready.
    ///   - configure: adds the handlers after TLS, on the event loop of the connection.
    /// - Returns: the connection, and what `configure` returned.
    /// - Throws: ``HTTPFailure``.
    func connect<Value: Sendable>(
        to origin: Origin,
        before deadline: NIODeadline,
        _ configure: @escaping @Sendable (any Channel) throws -> Value
    ) async throws(HTTPFailure) -> (channel: any Channel, value: Value) {
        let proxy = proxies.proxy(for: origin)
        let addresses = try await addresses(of: origin, proxy, before: deadline)
        var failure = HTTPFailure.closed
        for (position, address) in addresses.enumerated() {
            let left = deadline - .now()
            guard left > .nanoseconds(0) else { throw .connectTimeout }
            let hasMore = position < addresses.count - 1
            // An address that drops packets leaves time for the others.
            let limit = hasMore ? .nanoseconds(left.nanoseconds / Int64(addresses.count - position)) : left
            let channel: any Channel
            do throws(HTTPFailure) {
                channel = try await open(
                    address,
                    port: (proxy?.origin ?? origin).port,
                    before: .now() + limit
                )
            } catch {
                failure = error
                if case .system = error { continue }
                if hasMore, error == .connectTimeout { continue }
                throw error
            }
            do {
                if let proxy { try await tunnel(channel, through: proxy, to: origin, before: deadline) }
                return (channel, try await secure(channel, to: origin, before: deadline, configure))
            } catch {
                channel.close(promise: nil)
                failure = HTTPFailure(error)
                // A server answered: trying another address would only hide its problem.
                guard case .system = failure else { throw failure }
            }
        }
        throw failure
    }

    /// Resolves a host and checks its addresses.
    func check(_ host: Host, before deadline: NIODeadline) async throws(HTTPFailure) -> AddressCheck {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let resolver = resolver
        let check = NIOThreadPool.singleton.runIfActive(eventLoop: loop) { AddressCheck(host, resolver) }
        return try await check.value(before: deadline, else: .connectTimeout)
    }

    /// Returns the addresses to connect to: the origin's, or the proxy's.
    private func addresses(
        of origin: Origin,
        _ proxy: ProxySettings.Proxy?,
        before deadline: NIODeadline
    ) async throws(HTTPFailure) -> [Host] {
        switch try await check(origin.host, before: deadline) {
        case .forbidden(let address): throw .forbiddenAddress("\(address)")
        case .addresses(let addresses) where proxy == nil: return addresses
        case .unresolved where proxy == nil: throw .unresolved
        case .addresses, .unresolved: break
        }
        guard let proxy, case .addresses(let addresses) = try await check(proxy.origin.host, before: deadline) else {
            throw .proxy
        }
        return addresses
    }

    private func open(_ address: Host, port: UInt16, before deadline: NIODeadline) async throws(HTTPFailure)
        -> any Channel
    {
        let socket: SocketAddress
        do { socket = try SocketAddress(ipAddress: address.numeric, port: Int(port)) } catch { throw .unresolved }
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(deadline - .now())
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(to: socket)
            .value(before: deadline, else: .connectTimeout) { $0.close(promise: nil) }
    }

    private func secure<Value: Sendable>(
        _ channel: any Channel,
        to origin: Origin,
        before deadline: NIODeadline,
        _ configure: @escaping @Sendable (any Channel) throws -> Value
    ) async throws -> Value {
        let context = origin.scheme == .https ? try tls.get() : nil
        let ready = channel.eventLoop.makePromise(of: Void.self)
        let value = channel.eventLoop.submit {
            do {
                let pipeline = channel.pipeline.syncOperations
                if let context {
                    // The name for SNI; an address has none.
                    var name: String?
                    if case .name(let host) = origin.host { name = host }
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
                    try pipeline.addHandler(IdentityHandler(ready: ready, destination: origin.host))
                }
                let value = try configure(channel)
                if context == nil { ready.succeed() }
                return value
            } catch {
                ready.fail(error)
                throw error
            }
        }
        return try await value.and(ready.futureResult).map(\.0).value(before: deadline, else: .connectTimeout)
    }

    /// Makes the proxy connect: everything that follows is TLS from end to end.
    private func tunnel(
        _ channel: any Channel,
        through proxy: ProxySettings.Proxy,
        to origin: Origin,
        before deadline: NIODeadline
    ) async throws {
        let opened = channel.eventLoop.makePromise(of: Void.self)
        // Proxies that follow RFC 9112, section 3.2, refuse a request of HTTP/1.1 without it.
        var headers: HTTPHeaders = ["Host": "\(origin.host):\(origin.port)"]
        if let authorization = proxy.authorization { headers.add(name: "Proxy-Authorization", value: authorization) }
        let (host, port, fields) = ("\(origin.host)", Int(origin.port), headers)
        channel.eventLoop.execute {
            do {
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
                        deadline: deadline,
                        promise: opened
                    )
                )
            } catch {
                opened.fail(error)
            }
        }
        try await opened.futureResult.value(before: deadline, else: .connectTimeout)
        try await channel.pipeline.removeHandler(name: "proxy-encoder").get()
        try await channel.pipeline.removeHandler(name: "proxy-decoder").get()
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
