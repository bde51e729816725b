import Glibc
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Listens for HTTP connections and answers them with a responder.
package struct HTTPServer: Service {
    /// How a server listens.
    package struct Options: Sendable {
        package var host: String
        /// 0 for any free one.
        package var port: Int
        package var limits: ServerLimits
        package var threads: Int

        package init(host: String, port: Int, limits: ServerLimits = ServerLimits(), threads: Int) {
            self.host = host
            self.port = port
            self.limits = limits
            self.threads = threads
        }
    }

    private let responder: HTTPResponder
    private let options: Options
    private let requestLog: RequestLog
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void

    /// Makes a server; `onListening` is called with the address once connections are taken.
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

    /// Serves until a graceful shutdown, then finishes what is under way.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads)
        do {
            try await serve(on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(on group: MultiThreadedEventLoopGroup) async throws {
        var limits = options.limits
        let budget = FileDescriptorBudget.current(threads: options.threads)
        if budget.served < limits.connections {
            limits.connections = budget.served
            logger.warning(
                "at most \(budget.served) connections at once: the limit of open files is \(budget.limit) (ulimit -n)"
            )
        }
        let loops = try await EventLoopContexts(group, responder, limits, requestLog)
        let quiescing = ServerQuiescingHelper(group: group)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Without it, a connection that cannot be accepted is tried again at once, for ever.
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false)
                    )
                    try channel.pipeline.syncOperations.addHandler(ConnectionLimitHandler(most: budget.accepted))
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT)), value: Self.mostUnsent)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // A request comes in one piece as a rule: looking for more at once is a system call for nothing.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 512 * 1024))
            .childChannelInitializer { [limits] channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.addHandlers(to: channel, loops, limits)
                }
            }
            .bind(host: options.host, port: options.port).get()
        if let address = channel.localAddress {
            let host = address.ipAddress ?? options.host
            onListening(host.contains(":") ? "[\(host)]" : host, address.port ?? options.port)
        }
        let shutdown = group.any().makePromise(of: Void.self)
        try await withGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onGracefulShutdown: {
            logger.info("stopping: what is under way is finished first")
            quiescing.initiateShutdown(promise: shutdown)
        }
        quiescing.initiateShutdown(promise: nil)
        let timeout = group.any().scheduleTask(in: .seconds(Int64(ServerLimits.shutdownSeconds))) {
            shutdown.succeed()
        }
        try? await shutdown.futureResult.get()
        timeout.cancel()
        await loops.stop()
    }

    /// How much of an answer the system takes before the client has: with more, a slow client would seem to have stopped.
    private static let mostUnsent: Int = 128 * 1024

    private static func addHandlers(
        to channel: any Channel,
        _ loops: EventLoopContexts,
        _ limits: ServerLimits
    ) throws {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headBytes
        decoding.maxHeaderListSize = limits.headBytes
        decoding.maxHeaderFieldCount = limits.headerFields
        let timing = RequestTimingHandler(mostHeadBytes: limits.headBytes)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(timing)
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoding)))
        try pipeline.addHandler(HTTPConnectionHandler(loop: loops.state(of: channel.eventLoop), timing: timing))
    }
}

/// The context of each event loop and the task that checks its deadlines.
private final class EventLoopContexts: Sendable {
    private let states: [ObjectIdentifier: NIOLoopBound<EventLoopContext>]
    private let sweeps: [RepeatedTask]

    init(
        _ group: MultiThreadedEventLoopGroup,
        _ responder: HTTPResponder,
        _ limits: ServerLimits,
        _ requestLog: RequestLog
    ) async throws {
        var states: [ObjectIdentifier: NIOLoopBound<EventLoopContext>] = [:]
        var sweeps: [RepeatedTask] = []
        let connections = ConnectionCounter(responder.metrics)
        for loop in group.makeIterator() {
            let state = try await loop.submit {
                let state = EventLoopContext(
                    responder: responder,
                    limits: limits,
                    requestLog: requestLog,
                    connectionCounter: connections,
                    eventLoop: loop
                )
                return NIOLoopBound(state, eventLoop: loop)
            }.get()
            states[ObjectIdentifier(loop)] = state
            sweeps.append(
                loop.scheduleRepeatedTask(initialDelay: .milliseconds(200), delay: .milliseconds(200)) { _ in
                    state.value.sweep(at: .now())
                }
            )
        }
        self.states = states
        self.sweeps = sweeps
    }

    func state(of loop: any EventLoop) throws -> EventLoopContext {
        guard let state = states[ObjectIdentifier(loop)] else { throw ChannelError.inappropriateOperationForState }
        return state.value
    }

    /// Ends the sweeps, and writes what the log still holds.
    func stop() async {
        for sweep in sweeps { sweep.cancel() }
        for state in states.values { try? await state.eventLoop.submit { state.value.flushLog() }.get() }
    }
}
