import ArgumentParser
import RosterEditing

struct PolicyDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a policy that no token has.",
        aliases: ["rm"]
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The policy.")
    var name: String

    @OptionGroup var writing: WritingOptions

    func run() async throws {
        let session = try await EditSession(globals, .process)
        try await session.perform(.deletePolicy(name), writing, done: "deleted the policy \(name)")
    }
}
