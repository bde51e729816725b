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
    static let examples = ["roster provider list", "roster provider list --json"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let registry = try await session.records(dated: output.format == .json)
        let projects = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        func fullName(_ provider: Provider) -> String {
            (projects[provider.projectID] ?? "") + "/" + provider.handle.text
        }
        try session.list(registry.providers, as: output.format) { provider in
            [fullName(provider), provider.slug.rawValue, provider.defaultModel, provider.name]
        } json: { provider, json in
            json.record(of: provider.masked, handle: fullName(provider))
        }
        try session.noteBroken(registry)
    }
}
