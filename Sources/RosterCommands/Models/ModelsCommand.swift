import ArgumentParser

/// The group of commands for models; `roster models PROVIDER` is the first of them.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Ask a provider for its models, and print what is known of the life of models.",
        discussion: "roster models acme/gpt is short for roster models list acme/gpt.",
        subcommands: [ModelsListCommand.self, CatalogueCommand.self],
        defaultSubcommand: ModelsListCommand.self
    )

    @OptionGroup var globals: GlobalOptions
}
