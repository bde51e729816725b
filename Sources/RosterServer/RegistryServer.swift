import Logging
package import RosterModel
import UnixSignals

/// A server that loads a registry, serves it, and loads it again after changes.
package struct RegistryServer {
    /// The options of a server.
    package struct Options {
        /// The options of the listener.
        var http: HTTPServer.Options
        /// The addresses of files on the host of the repository; nil for no links.
        var sourceLinks: SourceLinkTemplate?
        /// The format of the log.
        var logFormat: RequestLog.Format
        /// The least important requests that are logged.
        var logLevel: RequestLog.Level
        /// The largest number of threads of a compilation.
        var concurrency: Int
        /// A Boolean value that indicates whether pages for people are served.
        var servesPages: Bool
        /// The proxies that report the addresses of their clients.
        var trustedProxies: [AddressNetwork]
        /// A Boolean value that indicates whether `SIGTERM` and `SIGINT` stop the server, and `SIGHUP` reloads the registry.
        var handlesSignals: Bool

        /// Creates options.
        package init(
            _ http: HTTPServer.Options,
            sourceLinks: SourceLinkTemplate? = nil,
            logFormat: RequestLog.Format,
            logLevel: RequestLog.Level = .info,
            concurrency: Int,
            servesPages: Bool = true,
            trustedProxies: [AddressNetwork] = [],
            handlesSignals: Bool = true
        ) {
            (self.http, self.logFormat, self.logLevel) = (http, logFormat, logLevel)
            self.sourceLinks = sourceLinks
            self.concurrency = concurrency
            (self.servesPages, self.trustedProxies) = (servesPages, trustedProxies)
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
        let store = SnapshotStore(mayBeOpen: Self.isLoopback(options.http.host), publication: source.publication)
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
        // A publication must not be able to end the servers that follow it: these wait for the next one.
        guard source.publication != nil || !store.isRefusedAsOpen else { throw Failure.openRegistry }
        let server = HTTPServer(
            responder: HTTPResponder(
                store: store,
                metrics: metrics,
                servesPages: options.servesPages,
                trustedProxies: options.trustedProxies,
                sourceLinks: options.sourceLinks
            ),
            options: options.http,
            requestLog: RequestLog(options.logFormat, level: options.logLevel, to: sink),
            logger: logger
        ) { [logger] host, port in
            logger.info("listening on http://\(host):\(port)")
        }
        do {
            try await run(reloader, server)
        } catch {
            throw Failure.listening(error)
        }
    }

    /// Runs a server and its reloader until a signal or the task's cancellation.
    private func run(_ reloader: Reloader, _ server: HTTPServer) async throws {
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let signals = options.handlesSignals ? await UnixSignalsSequence(trapping: .sigterm, .sigint) : nil
        let reloading = Task { await reloader.run() }
        // A separate task, since a cancelled one would not finish the requests in progress.
        let serving = Task { try await server.run(until: stops) }
        @Sendable func finish() {
            reloading.cancel()
            stop.yield()
        }
        let listening = Task {
            guard let signals else { return }
            for await _ in signals { finish() }
        }
        defer {
            reloading.cancel()
            listening.cancel()
        }
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            finish()
        }
        await reloading.value
    }

    /// Returns whether only this machine can reach an address.
    private static func isLoopback(_ host: String) -> Bool {
        let address = IPv4Address(host).map(Host.ipv4) ?? IPv6Address(host).map(Host.ipv6) ?? .name(host)
        return address.isLoopback
    }
}
