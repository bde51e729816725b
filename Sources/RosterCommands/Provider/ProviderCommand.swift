import ArgumentParser

/// `roster provider`: the records.
struct ProviderCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider",
        abstract: "List, show and edit providers. Edits change files; people commit.",
        subcommands: [
            ProviderListCommand.self, ProviderShowCommand.self, ProviderCreateCommand.self, ProviderUpdateCommand.self,
            ProviderDeleteCommand.self,
        ]
    )
    static let examples = ["roster provider list", "roster provider show acme/gpt-4o"]
}
