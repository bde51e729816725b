import Glibc
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOExtras
import NIOPosix

/// Listens for HTTP connections and answers them with a responder.
package struct HTTPServer {
    /// The options of a server.
    package struct Options: Sendable {
        package var host: String
        /// The port; 0 for any free port.
        package var port: Int
        package var limits: ServerLimits
        package var threads: Int
        /// A Boolean value that indicates whether responses are replayed to requests that are received again.
        package var replaysResponses: Bool

        package init(
            host: String,
            port: Int,
            limits: ServerLimits = ServerLimits(),
            threads: Int,
            replaysResponses: Bool = true
        ) {
            self.host = host
            self.port = port
            self.limits = limits
            self.threads = threads
            self.replaysResponses = replaysResponses
        }
    }

    private let responder: HTTPResponder
    private let options: Options
    private let requestLog: RequestLog
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void

    /// Creates a server; `onListening` is called with the address once connections are accepted.
    package init(
        responder: HTTPResponder,
        options: Options,
        requestLog: RequestLog,
        logger: Logger,
        onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in }
    ) {
        self.responder = responder
        self.options = options
        self.requestLog = requestLog
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until a stream has an element, and then finishes the requests in progress.
    package func run(until stops: AsyncStream<Void>) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads)
        do {
            try await serve(on: group, until: stops)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(on group: MultiThreadedEventLoopGroup, until stops: AsyncStream<Void>) async throws {
        var limits = options.limits
        let budget = FileDescriptorBudget.current(threads: options.threads)
        if budget.served < limits.connections {
            limits.connections = budget.served
            logger.warning(
                "at most \(budget.served) simultaneous connections: the limit of open files is \(budget.limit) (ulimit -n)"
            )
        }
        let contexts = try await EventLoopContexts(group, responder, limits, requestLog)
        let quiescing = ServerQuiescingHelper(group: group)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Without it, a connection that cannot be accepted is retried immediately, in an endless loop.
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false)
                    )
                    try channel.pipeline.syncOperations.addHandler(ConnectionLimitHandler(limit: budget.accepted))
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT)), value: Self.unsentBytes)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // A request usually arrives in one piece: another read right after it would be a wasted system call.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            // Each connection keeps its first buffer, and few requests are longer than this.
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 1024, maximum: 64 * 1024)
            )
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 512 * 1024))
            .childChannelInitializer { [replays = options.replaysResponses] channel in
                channel.eventLoop.makeCompletedFuture {
                    let context = try contexts.context(of: channel.eventLoop)
                    try HTTPConnectionHandler.addPipeline(to: channel, context, replaysResponses: replays)
                }
            }
            .bind(host: options.host, port: options.port).get()
        if let address = channel.localAddress {
            let host = address.ipAddress ?? options.host
            onListening(host.contains(":") ? "[\(host)]" : host, address.port ?? options.port)
        }
        let shutdown = group.any().makePromise(of: Void.self)
        let stopping = Task { [logger] in
            for await _ in stops.prefix(1) {
                logger.info("stopping: what is under way is finished first")
                quiescing.initiateShutdown(promise: shutdown)
            }
        }
        defer { stopping.cancel() }
        try await channel.closeFuture.get()
        quiescing.initiateShutdown(promise: nil)
        let timeout = group.any().scheduleTask(in: .seconds(Int64(ServerLimits.shutdownSeconds))) {
            shutdown.succeed()
        }
        try? await shutdown.futureResult.get()
        timeout.cancel()
        await contexts.stop()
    }

    /// The number of bytes that the system buffers for a client: with more, a slow client would appear to have stopped.
    private static let unsentBytes: Int = 128 * 1024
}

/// The context of each event loop and the task that checks its deadlines.
private final class EventLoopContexts: Sendable {
    private let contexts: [ObjectIdentifier: NIOLoopBound<EventLoopContext>]
    private let sweeps: [RepeatedTask]
    private let changeSignal: ChangeSignal
    private let receivers: [Int]

    init(
        _ group: MultiThreadedEventLoopGroup,
        _ responder: HTTPResponder,
        _ limits: ServerLimits,
        _ requestLog: RequestLog
    ) async throws {
        var contexts: [ObjectIdentifier: NIOLoopBound<EventLoopContext>] = [:]
        var sweeps: [RepeatedTask] = []
        var receivers: [Int] = []
        let changeSignal = responder.store.changeSignal
        let connections = ConnectionCounter(responder.metrics)
        for loop in group.makeIterator() {
            let context = try await loop.submit {
                let context = EventLoopContext(
                    responder: responder,
                    limits: limits,
                    requestLog: requestLog,
                    connectionCounter: connections,
                    eventLoop: loop
                )
                return NIOLoopBound(context, eventLoop: loop)
            }.get()
            contexts[ObjectIdentifier(loop)] = context
            receivers.append(changeSignal.receive(on: loop) { context.value.listeners.wake() })
            sweeps.append(
                loop.scheduleRepeatedTask(initialDelay: .milliseconds(200), delay: .milliseconds(200)) { _ in
                    context.value.sweep(at: .now())
                }
            )
        }
        self.contexts = contexts
        self.sweeps = sweeps
        self.changeSignal = changeSignal
        self.receivers = receivers
    }

    /// Returns the context of an event loop.
    func context(of loop: any EventLoop) throws -> EventLoopContext {
        guard let context = contexts[ObjectIdentifier(loop)] else { throw ChannelError.inappropriateOperationForState }
        return context.value
    }

    /// Ends the checks and the reports of changes, and writes the remaining lines of the log.
    func stop() async {
        for receiver in receivers { changeSignal.stop(receiver) }
        for sweep in sweeps { sweep.cancel() }
        for context in contexts.values { try? await context.eventLoop.submit { context.value.flushLog() }.get() }
    }
}
