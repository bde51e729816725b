import ArgumentParser

/// The group of commands for the catalogue of models.
struct CatalogueCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Print the catalogue of models, or build one.",
        subcommands: [CatalogueShowCommand.self, CatalogueBuildCommand.self],
        defaultSubcommand: CatalogueShowCommand.self,
        aliases: ["catalog"]
    )
    static let examples = ["roster models catalogue --built-in --format text"]

    @OptionGroup var globals: GlobalOptions
}
