import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSemantics
import RosterSources
import RosterFrontend

struct SecretRenameCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a secret another handle; the providers that link it follow."
    )
    static let examples = ["roster secret rename acme/openai-prod openai-main"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "secret"))
    var secret: String

    @Argument(help: "The new handle.")
    var handle: String

    @OptionGroup var forcing: ForceOption

    func run(_ context: CommandContext) async throws {
        guard Handle(handle) != nil else {
            throw CommandFailure.usage(
                "\"\(ShownText.mask(handle))\" is not a handle",
                help: "it is 1 to 63 of a-z, 0-9 and inner hyphens"
            )
        }
        let session = try await EditSession(globals, context)
        let secret = try session.editor.secret(secret)
        let linking = session.editor.providersLinking(secret)
        let changes = try session.editor.renaming(secret, to: handle)
        try await session.apply(changes, force: forcing.force)
        try session.printLine("renamed \(secret.fullName) to \(secret.project)/\(handle)")
        for provider in linking { try session.printLine("  linked by \(provider.project)/\(provider.handle)") }
    }
}
