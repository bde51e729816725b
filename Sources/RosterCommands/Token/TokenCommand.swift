import ArgumentParser

/// The group of commands for clients' tokens.
struct TokenCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Create, list and revoke the tokens that the server accepts.",
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
    )
    static let examples = ["roster token list", "roster token create --name ci --policy reader"]
}
