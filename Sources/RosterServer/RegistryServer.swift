import Logging
package import RosterModel
import ServiceLifecycle
import UnixSignals

/// A server that loads a registry, serves it, and loads it again after changes.
package struct RegistryServer {
    /// The options of a server.
    package struct Options {
        /// The options of the listener.
        var http: HTTPServer.Options
        /// The format of the log.
        var logFormat: RequestLog.Format
        /// The least important requests that are logged.
        var logLevel: RequestLog.Level
        /// The largest number of threads of a compilation.
        var concurrency: Int
        /// A Boolean value that indicates whether `SIGTERM` and `SIGINT` stop the server, and `SIGHUP` reloads the registry.
        var handlesSignals: Bool

        /// Creates options.
        package init(
            _ http: HTTPServer.Options,
            logFormat: RequestLog.Format,
            logLevel: RequestLog.Level = .info,
            concurrency: Int,
            handlesSignals: Bool = true
        ) {
            (self.http, self.logFormat, self.logLevel) = (http, logFormat, logLevel)
            self.concurrency = concurrency
            self.handlesSignals = handlesSignals
        }
    }

    /// The reason for which a server does not start.
    package enum Failure: Error {
        /// The registry has no `access` section, and other machines can reach the address.
        case openRegistry
        /// The server cannot listen on its address.
        case listening(any Error)
    }

    private let options: Options
    private let sink: LogSink
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// Creates a server that writes its log to a sink.
    package init(_ options: Options, logTo sink: LogSink, now: @escaping @Sendable () -> Timestamp) {
        self.options = options
        self.sink = sink
        self.now = now
        let handler = ServerLogHandler(options.logFormat, to: sink, now: now)
        logger = Logger(label: "roster") { _ in handler }
    }

    /// Serves a source until `SIGTERM`, `SIGINT` or the task's cancellation, and then until the requests in progress are
    /// finished.
    ///
    /// - Throws: ``Failure``.
    package func run(_ source: any RegistrySource) async throws {
        let store = SnapshotStore(mayBeOpen: Self.isLoopback(options.http.host))
        let metrics = ServerMetrics()
        let reloader = Reloader(
            source,
            into: store,
            metrics: metrics,
            logger: logger,
            concurrency: options.concurrency,
            now: now,
            reloadsOnSignal: options.handlesSignals
        )
        await reloader.loadFirst()
        guard !store.isRefusedAsOpen else { throw Failure.openRegistry }
        let server = HTTPServer(
            responder: HTTPResponder(store: store, metrics: metrics),
            options: options.http,
            requestLog: RequestLog(options.logFormat, level: options.logLevel, to: sink),
            logger: logger
        ) { [logger] host, port in
            logger.info("listening on http://\(host):\(port)")
        }
        do {
            try await run(serviceGroup(reloader, server))
        } catch {
            throw Failure.listening(error)
        }
    }

    private func run(_ group: ServiceGroup) async throws {
        // A separate task, since a cancelled group would not finish the requests in progress.
        let services = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await services.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }

    private func serviceGroup(_ reloader: Reloader, _ server: HTTPServer) -> ServiceGroup {
        // Each service writes its own log lines.
        let silent = Logger(label: "roster.services") { _ in SwiftLogNoOpLogHandler() }
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: reloader),
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: options.handlesSignals ? [.sigterm, .sigint] : [],
                logger: silent
            )
        )
    }

    /// Returns whether only this machine can reach an address.
    private static func isLoopback(_ host: String) -> Bool {
        let address = IPv4Address(host).map(Host.ipv4) ?? IPv6Address(host).map(Host.ipv6) ?? .name(host)
        return address.isLoopback
    }
}
