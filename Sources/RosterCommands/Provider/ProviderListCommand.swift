import ArgumentParser
import RosterDiagnostics
import RosterModel

struct ProviderListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the providers.")

    @OptionGroup var globals: GlobalOptions

    @Option(help: "How to print them.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let registry = try await session.records(dated: format == .json)
        defer { session.noteBroken(registry) }
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.array { json in
                for provider in registry.providers {
                    json.element()
                    json.record(of: provider)
                }
            }
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
        let projects = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        let rows = registry.providers.map { provider in
            [
                (projects[provider.projectID] ?? "") + "/" + provider.handle.text, provider.slug.rawValue,
                provider.defaultModel, provider.name,
            ]
        }
        for line in TextTable.lines(rows) { try session.sayMasked(line) }
    }
}
