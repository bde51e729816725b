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
            now: context.now
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
            try await ServerGroup.run(reloader, server)
        } catch {
            throw CommandFailure.impossible("the server cannot listen on \(host) port \(port): \(error)")
        }
    }

    private func source(_ context: CommandContext) async throws -> any RegistrySource {
        let (now, prefix) = (
            context, try registry == nil ? Repository(globals, in: context, needsRoster: false).pathPrefix : ""
        )
        let compiler: @Sendable () -> Compiler = {
            Compiler(Compiler.Options(today: now.today, pathPrefix: prefix, concurrency: cores))
        }
        if let registry {
            let path = context.absolutePath(registry)
            guard unsafe access(path, F_OK) == 0 else {
                throw CommandFailure.impossible("there is no file \(registry)")
            }
            return DescribedSource(RegistryFileSource(path, compiler: compiler), of: nil)
        }
        let repository = try Repository(globals, in: context, needsRoster: rev == nil)
        guard let rev else {
            return DescribedSource(try await repository.workingTreeSource(isNormalized: true, context), of: repository)
        }
        guard case .revision(_, _, let git) = try await repository.source(revision: rev) else {
            throw CommandFailure.impossible("there is no revision \(rev)")
        }
        return DescribedSource(try await RevisionSource(rev, in: git, compiler: compiler), of: repository)
    }

    /// Returns whether only this machine can reach an address.
    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        guard unsafe inet_pton(AF_INET, host, &address) == 1 else { return host == "localhost" || host == "::1" }
        return UInt32(bigEndian: address.s_addr) >> 24 == 127
    }

    /// Returns the limit of open files, raised as far as it may be: each connection is a descriptor.
    ///
    /// - Throws: ``CommandFailure`` when a server cannot work with so few.
    private static func descriptorLimit(_ context: CommandContext) throws -> Int {
        let number = context.process.raiseDescriptorLimit()
        guard number >= fewestDescriptors else {
            throw CommandFailure.impossible(
                "the limit of open files is \(number), and a server needs at least \(fewestDescriptors)",
                help: "raise it: ulimit -n 1024"
            )
        }
        return number
    }

    /// The descriptors of the listener, the event loops, the watch, and of one load with git.
    private static let fewestDescriptors = 40
}

extension RequestLog.Format: ExpressibleByArgument {}
