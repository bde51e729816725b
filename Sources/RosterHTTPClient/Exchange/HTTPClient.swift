import NIOCore
import RosterBytes
package import RosterModel

/// A client of HTTP/1.1 that keeps connections and streams bodies.
///
/// It resolves a name once for each connection, checks every address of it, and connects only to these. It follows no
/// redirect. It requires a certificate that is valid for the host of the request.
package final class HTTPClient: HTTPSender {
    private let connector: Connector
    private let options: Connection.Options
    private let pool: ConnectionPool

    /// Creates a client; its certificates are read when they are first needed.
    package init(_ configuration: HTTPClientConfiguration) {
        connector = Connector(
            resolver: configuration.resolver,
            proxies: configuration.proxies,
            tls: TLSContext(rootsFile: configuration.rootsFile, identity: configuration.identity)
        )
        options = Connection.Options(
            keepsConnections: configuration.idleTime > .zero,
            decodedLimit: configuration.decodedLimit
        )
        pool = ConnectionPool(time: configuration.idleTime)
    }

    private init(_ connector: Connector, _ options: Connection.Options, idleTime: Duration) {
        (self.connector, self.options) = (connector, options)
        pool = ConnectionPool(time: idleTime)
    }

    /// Returns a client with separate connections that resolves each name once.
    package func resolvingOnce() -> HTTPClient {
        let resolver = connector.resolver.remembering()
        let connector = Connector(resolver: resolver, proxies: connector.proxies, tls: connector.tls)
        return HTTPClient(connector, options, idleTime: pool.time)
    }

    package func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
        guard request.isWellFormed else { throw .malformed }
        let end = timing.total.map { NIODeadline.now() + TimeAmount(clamping: $0) }
        var wasWritten = false
        while !wasWritten, let connection = pool.take(request.origin) {
            do throws(Connection.Failure) {
                return try await send(request, timing, end: end, on: connection)
            } catch {
                guard error.allowsAnother(request.method) else { throw error.failure }
                wasWritten = error.wasWritten
            }
        }
        let connection = try await connect(request.origin, timing, end: end)
        do throws(Connection.Failure) {
            return try await send(request, timing, end: end, on: connection)
        } catch {
            throw error.failure
        }
    }

    /// Resolves a host and checks its addresses.
    ///
    /// - Throws: ``HTTPFailure/connectTimeout`` when it does not resolve in time.
    package func check(_ host: Host, within time: Duration) async throws(HTTPFailure) -> AddressCheck {
        try await connector.check(host, before: .now() + TimeAmount(clamping: time))
    }

    /// Returns an origin and the proxy to it, for messages.
    package func route(to origin: Origin) -> String {
        "\(origin)" + (connector.proxies.proxy(for: origin).map { " through the proxy \($0.origin)" } ?? "")
    }

    private func connect(
        _ origin: Origin,
        _ timing: HTTPTiming,
        end: NIODeadline?
    ) async throws(HTTPFailure) -> Connection {
        let limit = NIODeadline.now() + TimeAmount(clamping: timing.connect)
        let options = options
        let (channel, handler) = try await connector.connect(to: origin, before: end.map { min($0, limit) } ?? limit) {
            try Connection.configure($0, options)
        }
        let connection = Connection(origin, channel, handler)
        connection.whenClosed { [weak pool, weak connection] in
            if let connection { pool?.remove(connection) }
        }
        return connection
    }

    private func send(
        _ request: HTTPRequest,
        _ timing: HTTPTiming,
        end: NIODeadline?,
        on connection: Connection
    ) async throws(Connection.Failure) -> HTTPResponse {
        try await connection.send(request, timing, end: end) { [weak pool] in
            if let pool { pool.put(connection) } else { connection.close() }
        }
    }
}

extension Connection.Failure {
    /// Returns whether a request that failed on a kept connection may be sent on a new connection.
    fileprivate func allowsAnother(_ method: String) -> Bool {
        guard wasWritten else { return failure == .closed }
        guard !hasBytes, ["GET", "HEAD", "PUT"].contains(method) else { return false }
        if case .system = failure { return true }
        return failure == .closed
    }
}

extension HTTPRequest {
    /// A Boolean value that indicates whether the method and the target are one request for every reader.
    fileprivate var isWellFormed: Bool {
        !method.isEmpty && method.utf8.allSatisfy(\.isASCIILetterOrDigit) && target.utf8.first == UInt8(ascii: "/")
            && target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
