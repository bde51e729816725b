import ArgumentParser

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Create providers and secrets from the files of other programs.",
        subcommands: [ImportLiteLLMCommand.self, ImportEnvCommand.self]
    )
}
