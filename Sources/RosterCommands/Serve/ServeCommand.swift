import ArgumentParser
import Logging
import RosterServer
import RosterWorkspace

struct ServeCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the registry over HTTP: read-only, from memory.",
        discussion: """
            Serves the working tree, a revision as it moves (--rev, for production; a bare clone will do), or a compiled \
            registry. A state without errors replaces the previous one as a whole; a state with errors is not served.

            With --from, it serves the newest publication that a trusted key signed, and only such.

            A registry without access is served on loopback only.
            """
    )
    static let examples = [
        "roster serve --rev main --log-format json",
        "roster serve --from dir:/srv/registry --trust /etc/roster/trust.pem \\\n    --state /var/lib/roster",
    ]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var sources: ServeSourceOptions

    @OptionGroup(title: "Publications") var following: ServeFollowingOptions

    @OptionGroup(title: "Publications") var remote: RemoteOptions

    @OptionGroup var listener: ServeListenerOptions

    @OptionGroup var pages: ServePageOptions

    @OptionGroup(title: "Limits") var limits: ServeLimitOptions

    func validate() throws {
        if sources.registry != nil, globals.repo != nil {
            throw ValidationError("--registry and --repo are two sources: give one.")
        }
        guard (0...65_535).contains(listener.port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }

    func run(_ context: CommandContext) async throws {
        try following.check(sources, remote, globals, context)
        let descriptors = context.process.raiseDescriptorLimit()
        guard descriptors >= Self.fewestDescriptors else { throw CommandFailure.tooFewDescriptors(descriptors) }
        let sink = context.standardError.logSink
        defer { sink.flush() }
        let source = try await source(logTo: sink, context)
        context.process.ignoreHangups()
        let options = try serverOptions(descriptors, context)
        do {
            try await RegistryServer(options, logTo: sink, now: context.now).run(source)
        } catch let failure as RegistryServer.Failure {
            throw CommandFailure(failure, host: listener.host, port: listener.port)
        }
    }
}

extension ServeCommand {
    /// The descriptors of the listener, the event loops, the watch, and of one load with git.
    static let fewestDescriptors = 40

    /// Returns the source that the options choose.
    private func source(logTo sink: LogSink, _ context: CommandContext) async throws -> any RegistrySource {
        let logger = Logger(label: "roster") { _ in
            ServerLogHandler(listener.logFormat, to: sink, now: context.now)
        }
        if let followed = try following.source(sources, remote, logger, context) { return followed }
        return try await sources.source(globals, context)
    }

    private func serverOptions(_ descriptors: Int, _ context: CommandContext) throws -> RegistryServer.Options {
        RegistryServer.Options(
            HTTPServer.Options(
                host: listener.host,
                port: listener.port,
                limits: limits.limits,
                // Each event loop needs its own descriptors.
                threads: min(context.cores, descriptors / 24),
                replaysResponses: !listener.isReplayDisabled
            ),
            sourceLinks: try pages.template(),
            logFormat: listener.logFormat,
            logLevel: listener.logLevel,
            concurrency: context.cores,
            servesPages: !listener.isPageDisabled,
            trustedProxies: listener.trustedProxy,
            handlesSignals: context.process.handlesSignals
        )
    }
}
