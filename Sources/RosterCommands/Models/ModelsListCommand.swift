import ArgumentParser
import RosterWorkspace

/// The command that lists the models of a provider.
struct ModelsListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Ask a provider which models it has for its key.",
        discussion: """
            Needs an identity when the provider has a secret. The default model is marked with an asterisk. With --check, \
            compares the default model with the list; no chat request is sent. Exit code 1 when a model is missing or a \
            key is refused, 3 when no provider could be asked.
            """,
        aliases: ["ls"]
    )
    static let examples = ["roster models list acme/gpt-4o", "roster models list --all --check"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String?

    @Flag(help: "With --check, every provider, several at the same time.")
    var all = false

    @Flag(help: "Check whether the provider serves the default model today.")
    var check = false

    @Flag(help: "With --all, also those that use the host's own AWS identity.")
    var ambient = false

    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the request, and send nothing.")
    var dryRun = false

    @OptionGroup var output: FormatOptions<ModelsFormat>

    func validate() throws {
        // A word that is nearly a command of the group is a misspelling of it; a provider's whole name has a slash.
        if let target, ModelsCommand.isNearlyCommand(target) {
            throw ValidationError("models has no command \(target).")
        }
        guard all == (target == nil) else { throw ValidationError("Name one provider, or give --all.") }
        guard check || !all else { throw ValidationError("--all goes with --check.") }
        guard check || output.format.report == nil else { throw ValidationError("sarif and junit go with --check.") }
        guard all || !ambient else { throw ValidationError("--ambient goes with --all.") }
    }

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        guard let target, !check else {
            let names = target.map { [$0] } ?? session.providers.names
            let isAllowed = ambient || target != nil
            return try await session.checkModels(names, isAmbientAllowed: isAllowed, isDryRun: dryRun, output.format)
        }
        try await session.listModels(target, isDryRun: dryRun, output.format)
    }
}
