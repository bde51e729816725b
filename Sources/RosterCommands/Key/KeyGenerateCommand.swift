import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterWorkspace
import SealedBoxes

struct KeyGenerateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract:
            "Create a sealing key: the private half into a file outside the repository, the public half into roster.yaml.",
        discussion:
            "With --publishing, create an Ed25519 key that signs publications, and print its public half as PEM."
    )
    static let examples = ["roster key generate --name laptop"]

    @OptionGroup var globals: GlobalOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file of the identity (default: ~/.config/roster/identities).", valueName: "file")
    )
    var output: String?

    @Option(help: "A label for people (default: today's date).")
    var name: String?

    @Flag(help: "Do not change roster.yaml.")
    var noAdd = false

    @Flag(help: "Create a key that signs publications; needs -o.")
    var publishing = false

    func validate() throws {
        guard publishing else { return }
        if output == nil { throw ValidationError("--publishing writes the private key to a file: name it with -o.") }
        if noAdd || name != nil { throw ValidationError("--name and --no-add are not for --publishing.") }
    }

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        if publishing, let output { return try context.generatePublishingKey(output) }
        let identity = try Identity.make()
        let key = identity.publicKey
        let writer = context.identityWriter
        let path = try writer.path(output, key: key.id)
        guard !noAdd else {
            try writer.write(identity, to: path)
            return try context.standardOutput.write(
                "made \(key.id)\n  identity    \(path)\n  public key  \(key.base64)\n"
            )
        }
        let session = try await EditSession(globals, context)
        let change = try session.editor.adding(key, name: name ?? "made \(context.today)")
        try writer.write(identity, to: path)
        try await session.applyNewKey(change)
        try session.printLine("made \(key.id) and added it to roster.yaml")
        try session.printLine("  identity    \(path)")
        try session.printLine("  public key  \(key.base64)")
        try session.noteNextStep(key.id)
    }
}
