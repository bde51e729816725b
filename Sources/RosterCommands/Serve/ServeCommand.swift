import ArgumentParser
import RosterServer

struct ServeCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the registry over HTTP: read-only, from memory.",
        discussion: """
            Serves the working tree, a revision as it moves (--rev, for production; a bare clone will do), or a compiled \
            registry. A state without errors replaces the previous one as a whole; a state with errors is not served.

            A registry without access is served on loopback only.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var sources: ServeSourceOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 4100

    @Option(help: "How the log is written on standard error.")
    var logFormat = RequestLog.Format.text

    @Flag(name: .customLong("no-replay"), help: "Decode every request, also one that was answered a moment ago.")
    var isReplayDisabled = false

    @OptionGroup(title: "Limits") var limits: ServeLimitOptions

    func validate() throws {
        if sources.registry != nil, globals.repo != nil {
            throw ValidationError("--registry and --repo are two sources: give one.")
        }
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }

    func run(_ context: CommandContext) async throws {
        let descriptors = context.process.raiseDescriptorLimit()
        guard descriptors >= Self.fewestDescriptors else { throw CommandFailure.tooFewDescriptors(descriptors) }
        let sink = context.standardError.logSink
        defer { sink.flush() }
        let source = try await sources.source(globals, context)
        context.process.ignoreHangups()
        let options = RegistryServer.Options(
            HTTPServer.Options(
                host: host,
                port: port,
                limits: limits.limits,
                // Each event loop needs its own descriptors.
                threads: min(cores, descriptors / 24),
                replaysResponses: !isReplayDisabled
            ),
            logFormat: logFormat,
            concurrency: cores,
            handlesSignals: context.process.handlesSignals
        )
        do {
            try await RegistryServer(options, logTo: sink, now: context.now).run(source)
        } catch let failure as RegistryServer.Failure {
            throw CommandFailure(failure, host: host, port: port)
        }
    }

    /// The descriptors of the listener, the event loops, the watch, and of one load with git.
    fileprivate static let fewestDescriptors = 40
}

extension CommandFailure {
    fileprivate init(_ failure: RegistryServer.Failure, host: String, port: Int) {
        switch failure {
        case .openRegistry:
            self.init(
                exitCode: 3,
                message: "\(host) is not a loopback address, and this registry has no access section",
                help: SnapshotStore.openElsewhere
            )
        case .listening(let error):
            self = .impossible("the server cannot listen on \(host) port \(port): \(error)")
        }
    }

    fileprivate static func tooFewDescriptors(_ number: Int) -> CommandFailure {
        .impossible(
            "the limit of open files is \(number), and a server needs at least \(ServeCommand.fewestDescriptors)",
            help: "raise it: ulimit -n 1024"
        )
    }
}

extension RequestLog.Format: ExpressibleByArgument {}
