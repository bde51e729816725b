import ArgumentParser
import RosterEditing

struct ProjectAddCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a project to roster.yaml.")
    static let examples = ["roster project add labs --name Labs"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The name of its folders.")
    var handle: String

    @Option(help: "A label for people (default: the handle).")
    var name: String?

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        try await session.perform(
            .addProject(handle: handle, name: name ?? handle),
            writing,
            done: "added the project \(handle)"
        )
    }
}
