import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterSemantics

struct ProviderDeleteCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a provider's file, with --with-secret also a secret that nothing else links.",
        aliases: ["rm"]
    )
    static let examples = ["roster provider delete acme/gpt-4o --with-secret"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String

    @Flag(help: "Delete the secret that it links as well.")
    var withSecret = false

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let provider = try session.editor.provider(target)
        let name = provider.project + "/" + provider.handle
        let orphan = withSecret ? nil : session.editor.secretOnly(linkedBy: provider)
        var takesSecret = withSecret
        let question = Question(context: session.context)
        if let orphan, question.canAsk, !writing.dryRun {
            let answer = try question.ask(
                "nothing else links the secret \(orphan), which may be the only copy of its key: delete it too? y/n",
                orElse: "n"
            )
            takesSecret = ["y", "yes"].contains(answer.lowercased())
        }
        let isWritten = try await session.perform(
            .deleteProvider(target, withSecret: takesSecret),
            writing,
            done: takesSecret
                ? "deleted \(name) and its secret; revoke the key at the provider as well" : "deleted \(name)"
        )
        guard isWritten, !takesSecret, let orphan else { return }
        try session.note("nothing links \(orphan) any more; it is kept, since it may be the only copy of its key")
    }
}
