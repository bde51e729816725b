import ArgumentParser
import Glibc
import Logging
import RosterCompiler
import RosterGit
import RosterModel
import RosterServer
import RosterWorkspace

struct ServeCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the registry over HTTP: read-only, from memory.",
        discussion: """
            Serves the working tree, a revision as it moves (--rev, for production; a bare clone will do), or a compiled \
            registry. Every good state is swapped in as a whole; while there are errors, the state before is served.

            A registry without access is served on loopback only.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Serve this compiled registry instead of a repository.", valueName: "file"))
    var registry: String?

    @Option(help: ArgumentHelp("Serve this revision as it moves, never the working tree.", valueName: "rev"))
    var rev: String?

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 4100

    @Option(help: "The format of the log on standard error.")
    var logFormat = RequestLog.Format.text

    @Flag(name: .customLong("no-replay"), help: "Decode every request, also one that was answered a moment ago.")
    var isReplayDisabled = false

    @OptionGroup(title: "Limits") var limits: ServeLimitOptions

    func validate() throws {
        if registry != nil, rev != nil { throw ValidationError("--registry and --rev are two sources: give one.") }
        if registry != nil, globals.repo != nil {
            throw ValidationError("--registry and --repo are two sources: give one.")
        }
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }

    func run(_ context: CommandContext) async throws {
        let descriptors = try Self.descriptorLimit(context)
        let sink = context.standardError.logSink
        defer { sink.flush() }
        let handler = ServerLogHandler(logFormat, to: sink, now: context.now)
        let logger = Logger(label: "roster") { _ in handler }
        let source = try await source(context)
        let isLoopback = Self.isLoopback(host)
        context.process.ignoreHangups()
        let store = SnapshotStore(mayBeOpen: isLoopback)
        let metrics = ServerMetrics()
        let reloader = Reloader(
            source,
            into: store,
            metrics: metrics,
            logger: logger,
            concurrency: cores,
            now: context.now,
            reloadsOnSignal: context.process.handlesSignals
        )
        await reloader.loadFirst()
        guard !store.isRefusedAsOpen else {
            throw CommandFailure(
                exitCode: 3,
                message: "\(host) is not a loopback address, and this registry has no access section",
                help: SnapshotStore.openElsewhere
            )
        }
        let server = HTTPServer(
            responder: HTTPResponder(store: store, metrics: metrics),
            // Each event loop has its own descriptors.
            options: HTTPServer.Options(
                host: host,
                port: port,
                limits: limits.limits,
                threads: min(cores, descriptors / 24),
                replaysResponses: !isReplayDisabled
            ),
            requestLog: RequestLog(logFormat, to: sink),
            logger: logger
        ) { host, port in
            logger.info("listening on http://\(host):\(port)")
        }
        do {
            try await ServerGroup.run(reloader, server, stopsOnSignals: context.process.handlesSignals)
        } catch {
            throw CommandFailure.impossible("the server cannot listen on \(host) port \(port): \(error)")
        }
    }
}

extension RequestLog.Format: ExpressibleByArgument {}
