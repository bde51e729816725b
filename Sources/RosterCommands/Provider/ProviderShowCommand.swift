import ArgumentParser
import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics

struct ProviderShowCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one provider, and where its requests go.",
        aliases: ["get"]
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "provider"))
    var target: String

    @Option(help: "The output format.")
    var format: ListFormat = .text

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let found = try session.editor.provider(target)
        let registry = try await session.records(dated: true)
        guard var provider = registry.providers.first(where: { $0.source.path == found.path }) else {
            throw CommandFailure.impossible("\(found.path) has errors", help: "see them: roster check")
        }
        provider = provider.masked
        guard format == .text else { return try session.print { $0.record(of: provider, endpoint: found.endpoint) } }
        var rows = [
            ["provider", found.project + "/" + found.handle], ["id", provider.id.description],
            ["name", provider.name], ["slug", provider.slug.rawValue], ["default model", provider.defaultModel],
            [
                "secret",
                found.secret.map { found.project + "/" + (provider.secretID == nil ? MaskedText.handle($0) : $0) }
                    ?? "none",
            ],
            ["base URL", provider.baseURL ?? found.endpoint.map { "\($0.base) (the slug's own)" } ?? "none"],
        ]
        if let endpoint = found.endpoint {
            if let url = provider.baseURL.flatMap({ try? BaseURL($0) }) {
                let appended = endpoint.appended(to: url)
                rows.append(["appended to it", appended.isEmpty ? "nothing" : appended])
            }
            rows.append(["requests go to", endpoint.chat.description])
        }
        for member in provider.config?.members ?? [] {
            var value = JSONWriter(.compact, escapingInvisible: true)
            value.value(member.value)
            rows.append(["config.\(member.name)", value.text])
        }
        rows += [
            ["created", provider.createdAt.description], ["updated", provider.updatedAt.description],
            ["file", provider.source.path],
        ]
        for line in TextTable.lines(rows) {
            try session.printMasked(line, showing: [provider.baseURL].compactMap(\.self))
        }
    }
}
