import RosterModel
import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterSemantics
import RosterSources

struct KeyRetireCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Mark a sealing key as retired: nothing new is sealed to it.",
        discussion: """
            The holder of the identity can still read history. When it may have been stolen, rotate the keys that \
            this command lists at their providers.
            """
    )
    static let examples = ["roster key retire rk_0123456789abcdef0123456789abcdef"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The key's id.", valueName: "rk_…"))
    var key: String

    @OptionGroup var forcing: ForceOption

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        guard let found = session.survey.sealingKeys.first(where: { $0.id.description == key }) else {
            throw CommandFailure.impossible("roster.yaml has no sealing key \(key)", help: "list them: roster key list")
        }
        guard !found.isRetired else { return try session.printLine("\(key) is retired already") }
        try await session.apply([try session.editor.retiring(key)], force: forcing.force)
        try session.printLine("retired \(key) (\(found.name))")
        let readable = session.survey.secrets.filter { $0.boxes.contains { $0.key == found.id } }
        guard !readable.isEmpty else { return }
        try session.printLine("the holder of its identity can still read, from history, the keys of:")
        for secret in readable {
            try session.printLine("  \(secret.fullName)  \(secret.allowedHosts.map(\.text).joined(separator: ", "))")
        }
        try session.printLine(
            "next: roster secret reseal --all, and rotate these keys at their providers if it was stolen"
        )
    }
}
