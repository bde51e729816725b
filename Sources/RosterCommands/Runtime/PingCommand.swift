import ArgumentParser
import RosterRuntime

/// The command that sends a provider a small request.
struct PingCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "ping",
        abstract: "Send one tiny chat request to a provider's default model.",
        discussion: """
            Needs an identity when the provider has a secret. The answer may have 16 tokens; an empty one is a success. \
            Exit code 3 when the provider refuses or cannot be reached.
            """
    )
    static let examples = ["roster ping acme/gpt-4o", "roster ping --all --json"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String?

    @Flag(help: "Ping every provider, several at the same time.")
    var all = false

    @Flag(help: "With --all, also those that use the host's own AWS identity.")
    var ambient = false

    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the request, and send nothing.")
    var dryRun = false

    @OptionGroup var output: ListFormatOptions

    func validate() throws {
        guard all == (target == nil) else { throw ValidationError("Name one provider, or give --all.") }
        guard all || !ambient else { throw ValidationError("--ambient goes with --all.") }
    }

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        guard let target else {
            return try await session.pingAll(isAmbientAllowed: ambient, isDryRun: dryRun, output.format)
        }
        let endpoint = try session.open(session.provider(target))
        let result: PingResult
        do {
            let name = endpoint.provider.name
            if dryRun { return try session.show(endpoint.pingRequest(), to: name, output.format) }
            result = try await session.client().ping(endpoint)
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
        let outcome = PingOutcome(result, provider: endpoint.provider.name, endpoint: endpoint.chatURL)
        guard output.format == .text else { return try session.print { outcome.write(to: &$0) } }
        try session.table([
            ["endpoint", outcome.endpoint ?? ""], ["status", "\(result.status)"], ["latency", outcome.milliseconds],
            ["answer", outcome.printedLine],
        ])
    }
}
