import ArgumentParser
import RosterBridges
import RosterEditing

struct ImportLiteLLMCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "litellm",
        abstract: "Create providers and secrets from the configuration of LiteLLM's proxy.",
        discussion: """
            Each value of the configuration is reported once: taken, changed, left with the reason, or refused. What is \
            written is one change, checked as a whole. A second import of the same file changes nothing.

            Keys at os.environ/NAME are sealed from the file that --env names, or from the environment with --env -. \
            Without it, the commands that seal them are printed. A key in the clear is sealed; revoke it.
            """
    )
    static let examples = [
        "roster import litellm config.yaml --env keys.env --project acme --dry-run",
        "roster import litellm config.yaml --project acme --format json",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The configuration.", valueName: "config.yaml"))
    var file: String

    @Option(
        help: ArgumentHelp("The file with the variables, or - for the environment of this command.", valueName: "file")
    )
    var env: String?

    @OptionGroup var options: ImportOptions
    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        let session = try await EditSession(globals, context)
        do {
            var configuration = try context.liteLLM(file, models: options.models)
            let values = try context.variables(file: env)
            let draft = try configuration.read(using: values)
            var planner = try session.planner(draft, options)
            try await planner.compare()
            let plan = try await session.plan(&planner, sealing: configuration.source, values, options)
            try session.finish(plan, findings: configuration.findings(plan), options, output.format)
        } catch let failure as ImportFailure {
            throw CommandFailure(failure)
        }
    }
}
