import ArgumentParser
import RosterEditing

struct TokenRevokeCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Remove a token from roster.yaml, by its id or name.",
        aliases: ["rm"]
    )
    static let examples = ["roster token revoke laptop"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The token's id, or its name if that is unique.")
    var token: String

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        try await session.perform(
            .revokeToken(token),
            writing,
            done: "revoked \(token); the server refuses it once it serves this change"
        )
    }
}
