import ArgumentParser
import RosterEditing

struct ProviderCreateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a provider: a new file with a new id.",
        discussion: """
            On a terminal, missing options are asked for. The change is printed as a diff; nothing is committed.

            With --seal the key is typed on the terminal, where it is not shown, or piped in, and the secret is created \
            in the same edit, for the hosts of the new provider. It has the provider's handle, or the one that --secret \
            names. With --dry-run the key is read and examined, too.

            azure needs --config resourceName=NAME, bedrock --config region=REGION; gateway and custom need --base-url.
            """
    )
    static let examples = [
        "roster provider create --project acme --name Local --provider ollama \\\n"
            + "    --default-model llama3.2",
        "roster provider create --project acme --name Prod --provider azure \\\n"
            + "    --default-model gpt-4o --config resourceName=acme-prod --seal < key.txt",
    ]

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("The project it belongs to.", valueName: "handle"))
    var project: String?

    @OptionGroup var fields: ProviderFieldOptions

    @Flag(help: "Create the provider's secret in the same edit, from a key that is typed or piped in.")
    var seal = false

    @OptionGroup(title: "With --seal") var newValue: NewValueOptions
    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        if seal { context.process.harden() }
        if !seal { try newValue.refuseWithoutSeal() }
        let session = try await EditSession(globals, context)
        var answers = ProviderAnswers(project: project, fields: fields.arguments, isSealing: seal)
        let question = Question(context: context)
        try answers.complete(in: session.survey, asking: question.canAsk ? question : nil)
        guard let provider = try answers.newProvider(in: session.editor) else { return }
        let advice = MissingSecretAdvice(provider, answers.fields, in: session.editor)
        do {
            guard !answers.isSealing else {
                return try await session.create(SealedProvider(provider), newValue, writing)
            }
            try await session.perform(.createProvider(provider), writing, done: provider.report)
        } catch var failure as EditFailure {
            if let option = advice.option(for: failure) {
                failure.help = option
            } else if !answers.isSealing, let help = try await advice.help(for: failure, today: context.today) {
                failure.help = help
            }
            throw failure
        }
    }
}
