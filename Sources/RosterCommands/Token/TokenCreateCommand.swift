import ArgumentParser
import RosterEditing
import RosterModel

struct TokenCreateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a token, print it once, and write its hash to roster.yaml.",
        discussion:
            "Only the token is printed on standard output. It is not stored: when it is lost, create another."
    )
    static let examples = ["roster token create --name ci --policy reader"]

    @OptionGroup var globals: GlobalOptions

    @Option(help: "The client that it is for.")
    var name: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("A policy of the token.", valueName: "policy"))
    var policy: [String]

    @Option(help: ArgumentHelp("The only project that it may see, regardless of its policies.", valueName: "handle"))
    var project: String?

    @Option(help: ArgumentHelp("The last day on which it works, UTC.", valueName: "date"))
    var expires: CalendarDate?

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        if let expires, expires < session.context.today {
            throw CommandFailure.usage("\(expires) is past", help: "give a later day, or leave --expires out")
        }
        if let project { _ = try session.editor.project(project) }
        let handle = project.flatMap { Handle($0) }
        guard
            let token = NewToken(
                name: name,
                policies: policy,
                project: handle,
                expires: expires,
                makeID: context.makeID
            )
        else {
            throw CommandFailure.impossible("the token could not be created")
        }
        let isWritten = try await session.perform(
            .createToken(token.record),
            writing,
            done: "made the token \(token.record.id); this is it, and it is not shown again:",
            showingDiffAsNote: true
        )
        if isWritten { try session.context.standardOutput.write(token.text + "\n") }
    }
}
