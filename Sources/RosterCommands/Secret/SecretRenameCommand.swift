import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources

struct SecretRenameCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a secret another handle; the providers that link it follow."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "secret"))
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
        let secret = try session.secret(secret)
        let path = "secrets/\(secret.project)/\(handle)\(RepositoryLayout.recordSuffix)"
        let bytes = try session.read(secret.path)
        var changes: [FileChange] = [.move(path: secret.path, to: path, old: bytes, new: bytes)]
        let linking = session.providersLinking(secret)
        for provider in linking {
            let old = try session.read(provider.path)
            do {
                changes.append(
                    .replace(path: provider.path, old: old, new: try ProviderDocument.link(secret: handle, in: old))
                )
            } catch {
                throw CommandFailure.impossible(
                    "\(provider.path) cannot be edited",
                    help: "see what is wrong: roster check"
                )
            }
        }
        try await session.apply(changes, force: forcing.force)
        try session.printLine("renamed \(secret.fullName) to \(secret.project)/\(handle)")
        for provider in linking { try session.printLine("  linked by \(provider.project)/\(provider.handle)") }
    }
}
