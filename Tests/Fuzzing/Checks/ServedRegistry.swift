import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources
@testable import RosterServer

/// A small open registry, as servers and agents see it.
struct ServedRegistry: RegistrySource {
    let loaded: LoadedRegistry

    init() async throws {
        let roster = """
            roster: 1
            projects:
              acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}

            """
        let provider = """
            id: aip_V1StGXR8Z5jdHi6B
            name: Llama
            provider: ollama
            defaultModel: llama3.2

            """
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(
            MemoryTree([
                ("roster.yaml", Array(roster.utf8)), ("providers/acme/llama.yaml", Array(provider.utf8)),
            ])
        )
        guard let registry = checked.registry(history: .modificationTimes) else {
            throw FuzzFailure(description: "\(checked.diagnostics)")
        }
        loaded = LoadedRegistry(registry: registry, hasFileText: true) {
            Editor(checked, compiler: compiler, pathPrefix: "")
        }
    }

    /// Returns a responder that serves the registry.
    func responder() async throws -> HTTPResponder {
        let store = SnapshotStore(mayBeOpen: true)
        let start = Timestamp(secondsSince1970: 0)
        let snapshot = await Snapshot.prepare(loaded, at: start, previous: nil, concurrency: 1)
        if let refusal = store.swap(in: snapshot) { throw FuzzFailure(description: refusal) }
        // Pages are made on other threads, which the check of requests does not wait for.
        return HTTPResponder(store: store, metrics: ServerMetrics(), servesPages: false)
    }

    func load(changed: Set<String>?) async throws -> LoadOutcome { .loaded(loaded) }

    func watchedFolders() -> [WatchedFolder] { [] }
}
