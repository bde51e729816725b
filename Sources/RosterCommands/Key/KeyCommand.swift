import ArgumentParser

/// `roster key`: the keys that secrets are sealed to.
struct KeyCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Create, list and retire the keys that secrets are sealed to.",
        subcommands: [KeyGenerateCommand.self, KeyAddCommand.self, KeyListCommand.self, KeyRetireCommand.self]
    )
    static let examples = ["roster key generate --name laptop", "roster key list"]
}
