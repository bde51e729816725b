import ArgumentParser
import SealedBoxes
import RosterEditing

struct KeyAddCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a public key to roster.yaml."
    )
    static let examples = ["roster key add --name ci 4dWMgUVrNzLRpMlOoNVN8ukcLr0jP0PTVVbLhrLYKCA="]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The public key in base64, as key generate prints it.", valueName: "public-key"))
    var publicKey: String

    @Option(help: "A label for people.")
    var name: String

    func run(_ context: CommandContext) async throws {
        let key: SealingPublicKey
        do {
            key = try SealingPublicKey(base64: Array(publicKey.utf8).span)
        } catch {
            throw CommandFailure.usage(
                "that is not a public key",
                help: "it is 44 characters of base64, as roster key generate prints it"
            )
        }
        let session = try await EditSession(globals, context)
        try await session.applyNewKey(try session.editor.adding(key, name: name))
        try session.printLine("added \(key.id) to roster.yaml")
        try session.noteNextStep(key.id)
    }
}
