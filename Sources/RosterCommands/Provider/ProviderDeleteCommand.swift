import ArgumentParser
import RosterCompiler
import RosterEditing

struct ProviderDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a provider's file, with --with-secret also a secret that nothing else links."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "provider"))
    var target: String

    @Flag(help: "Delete the secret that it links as well.")
    var withSecret = false

    @OptionGroup var writing: WritingOptions

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let provider = try session.editor.provider(target)
        let name = provider.project + "/" + provider.handle
        let isWritten = try await session.perform(
            .deleteProvider(target, withSecret: withSecret),
            writing,
            done: withSecret
                ? "deleted \(name) and its secret; revoke the key at the provider as well" : "deleted \(name)"
        )
        guard isWritten, !withSecret, let secret = provider.secret, session.editor.othersLinking(provider).isEmpty,
            session.survey.secrets.contains(where: { $0.fullName == provider.project + "/" + secret })
        else { return }
        try session.note("nothing links its secret any more: roster secret delete \(provider.project)/\(secret)")
    }
}
