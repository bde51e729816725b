import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterSemantics

struct ProviderUpdateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a provider, without reformatting its file.",
        discussion: """
            --handle moves the file; the id stays, and policies that name the provider follow. --config changes \
            settings of the existing config; --config-json replaces it.
            """
    )
    static let examples = [
        "roster provider update acme/gpt-4o --default-model gpt-4.1",
        "roster provider update acme/gpt-4o --config retry.max=3 --dry-run",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String

    @OptionGroup var fields: ProviderFieldOptions

    @Option(
        help: ArgumentHelp(
            "Take away secret, baseUrl, config or a key of it; may be given several times.",
            valueName: "key"
        )
    )
    var unset: [String] = []

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let changes = try fields.arguments.changes(unset: unset)
        guard !changes.isEmpty || fields.handle != nil else {
            throw CommandFailure.usage(
                "there is nothing to change",
                help:
                    "such as --default-model TEXT, --config KEY=VALUE or --unset KEY; see roster provider update --help"
            )
        }
        let session = try await EditSession(globals, context)
        let provider = try session.editor.provider(target)
        let name = provider.project + "/" + provider.handle
        let newName = provider.project + "/" + (fields.handle ?? provider.handle)
        try await session.perform(
            .updateProvider(target, ProviderUpdate(handle: fields.handle, fields: changes)),
            writing,
            done: name == newName ? "updated \(name)" : "updated \(name), which is \(newName) now"
        )
    }
}
