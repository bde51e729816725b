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
    static let examples = ["roster provider show acme/gpt-4o"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let found = try session.editor.provider(target)
        let registry = try await session.records(dated: true)
        guard var provider = registry.providers.first(where: { $0.source.path == found.path }) else {
            throw CommandFailure.impossible("\(found.path) has errors", help: "see them: roster check")
        }
        provider = provider.masked
        let name = found.project + "/" + found.handle
        guard output.format == .text else {
            return try session.print { json in
                json.record(of: provider, handle: name) { $0.endpoint(found.endpoint, isKeyed: provider.isKeyed) }
            }
        }
        var rows = [
            ["provider", name], ["id", provider.id.description],
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
