import ArgumentParser

/// `roster import`: the files of other programs.
struct ImportCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Create providers and secrets from the files of other programs.",
        subcommands: [ImportLiteLLMCommand.self, ImportEnvCommand.self]
    )
    static let examples = [
        "roster import litellm config.yaml --env keys.env --project acme --dry-run",
        "roster import env keys.env --project acme --dry-run",
    ]
}
