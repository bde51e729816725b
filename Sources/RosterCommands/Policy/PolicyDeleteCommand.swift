import ArgumentParser
import RosterEditing

struct PolicyDeleteCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a policy that no token uses.",
        aliases: ["rm"]
    )
    static let examples = ["roster policy delete old-readers"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The policy.")
    var name: String

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        try await session.perform(.deletePolicy(name), writing, done: "deleted the policy \(name)")
    }
}
