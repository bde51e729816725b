import ArgumentParser
import RosterFrontend

/// The group of commands for models; `roster models PROVIDER` is the first of them.
struct ModelsCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Ask a provider for its models, and print what is known of the life of models.",
        discussion: "roster models acme/gpt is short for roster models list acme/gpt.",
        subcommands: [ModelsListCommand.self, CatalogueCommand.self],
        defaultSubcommand: ModelsListCommand.self
    )
    static let examples = ["roster models acme/gpt-4o", "roster models catalogue --format text"]

    @OptionGroup var globals: GlobalOptions

    /// Returns whether a word is nearly the name of one of the commands, and not a provider's.
    static func isNearlyCommand(_ word: String) -> Bool {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        return NearestName.find(word, among: names) != nil
    }
}
