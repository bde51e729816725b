import RosterBackend
import RosterCompiler
import RosterFleet
import RosterModel
import RosterPublication
import RosterSemantics
import RosterSources
import Testing

/// A small registry of a commit.
struct TestRegistry {
    let bytes: [UInt8]
    let content: PublicationSigner.Content

    /// Compiles a registry whose only provider has a number in its name.
    init(_ number: Int) async throws {
        let texts = [
            "roster.yaml": "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n",
            "providers/acme/local.yaml": """
            id: aip_5mLd1oQaRw7yXz2B
            name: Local model \(number)
            provider: ollama
            defaultModel: llama3.2

            """,
        ]
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(MemoryTree(texts.map { ($0.key, Array($0.value.utf8)) }))
        let id = String(repeating: "0", count: 40 - String(number).count) + String(number)
        let history = TreeHistory(commit: id, committedAt: 1_795_899_000, isDirty: false, dates: [:])
        let registry = try #require(checked.registry(history: history))
        bytes = RegistryEncoder.encode(registry)
        content = try PublicationSigner.Content(bytes, commit: Statement.Commit(registry.revision))
    }
}
