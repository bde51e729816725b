import ArgumentParser
import RosterBridges

struct ImportEnvCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Create providers and secrets from the variables of a .env file.",
        discussion: """
            One provider for each vendor whose key the file has, with the endpoint and the model that other variables \
            name: OPENAI_API_KEY with OPENAI_BASE_URL, OPENAI_ORG_ID and OPENAI_MODEL. Without a variable, --model or a \
            usual model of the vendor is the default model. The other variables are listed by their names.
            """
    )
    static let examples = [
        "roster import env keys.env --project acme --dry-run",
        "roster import env keys.env --project acme \\\n"
            + "    --model openai=gpt-5.6 --model mistral=mistral-large-latest",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The file with the variables.", valueName: "file"))
    var file: String

    @OptionGroup var options: ImportOptions
    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        let session = try await EditSession(globals, context)
        let values = try context.variables(inFile: file)
        var environment = EnvironmentImport(values, models: options.models)
        var planner = try session.planner(environment.read(values), options)
        try await planner.compare()
        let plan = try await session.plan(&planner, sealing: .empty, values, options)
        try session.finish(plan, findings: environment.findings(plan), options, output.format)
    }
}
