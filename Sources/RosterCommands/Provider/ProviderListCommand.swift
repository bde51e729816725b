import ArgumentParser
import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel

struct ProviderListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the providers.",
        aliases: ["ls"]
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: "The output format.")
    var format: ListFormat = .text

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let registry = try await session.records(dated: format == .json)
        let projects = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        try session.list(registry.providers, as: format) { provider in
            [
                (projects[provider.projectID] ?? "") + "/" + provider.handle.text, provider.slug.rawValue,
                provider.defaultModel, provider.name,
            ]
        } json: { provider, json in
            json.record(of: provider.masked)
        }
        try session.noteBroken(registry)
    }
}
