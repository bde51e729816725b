import RosterBackend
import RosterCompiler
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Reading a document after an earlier one")
struct DecodedDocumentTests {
    private static let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))

    private static func decode(
        _ bytes: [UInt8],
        after earlier: DecodedDocument?
    ) async -> Result<DecodedDocument, RegistryProblem> {
        do {
            return .success(try await DecodedDocument(bytes, after: earlier, concurrency: 2))
        } catch {
            guard let problem = error as? RegistryProblem else {
                Issue.record("\(error)")
                return .failure(RegistryProblem(.rules, "", "\(error)"))
            }
            return .failure(problem)
        }
    }

    private static func prepare(_ loaded: LoadedRegistry, previous: Snapshot?) async -> Snapshot {
        await Snapshot.prepare(loaded, at: Timestamp(secondsSince1970: 0), previous: previous, concurrency: 2)
    }

    @Test("Has the result of reading the document alone, for any sequence of valid and hostile documents")
    func agreesWithReadingAlone() async throws {
        var documents = EditedDocument(SeededGenerator())
        var (last, served): (DecodedDocument?, Snapshot?)
        var (incremental, complete, refused) = (0, 0, 0)
        var valid = try await documents.compiled()
        var round = 0
        // Enough rounds that each kind of document occurs with every seed.
        while round < 60 || min(incremental, complete, refused) < 5 && round < 600 {
            defer { round += 1 }
            if !round.isMultiple(of: 3) { valid = try await documents.compiled() }
            let bytes = round.isMultiple(of: 3) ? try documents.hostile(valid) : valid
            let (result, alone) = (await Self.decode(bytes, after: last), await Self.decode(bytes, after: nil))
            switch (result, alone) {
            case (.success(let document), .success(let expected)):
                let loaded = document.loaded(compiler: Self.compiler)
                let whole = expected.loaded(compiler: Self.compiler)
                #expect(loaded.registry == whole.registry, "round \(round)")
                if loaded.change == nil { complete += 1 } else { incremental += 1 }
                let snapshot = await Self.prepare(loaded, previous: served)
                let other = await Self.prepare(whole, previous: nil)
                #expect(snapshot.digest == other.digest, "round \(round)")
                for (position, provider) in other.registry.providers.enumerated() {
                    #expect(snapshot.records.position(of: provider.id) == position, "round \(round)")
                    let body = Array(snapshot.records.body(at: position))
                    #expect(body == Array(other.records.body(at: position)), "round \(round)")
                }
                (last, served) = (document, snapshot)
            case (.failure(let one), .failure(let other)):
                refused += 1
                #expect(one.description == other.description, "round \(round)")
                #expect(one.diagnostics == other.diagnostics, "round \(round)")
            default: Issue.record("round \(round): \(result) instead of \(alone)")
            }
        }
        #expect(min(incremental, complete, refused) >= 5, "\(incremental), \(complete), \(refused)")
    }

    @Test("Names the providers that changed, and only them")
    func change() async throws {
        var documents = EditedDocument(SeededGenerator(seed: 3))
        let first = try await DecodedDocument(try await documents.compiled(), after: nil, concurrency: 1)
        let loaded = first.loaded(compiler: Self.compiler)
        #expect(loaded.change == nil)
        var last = first
        for _ in 0..<10 {
            let next = try await DecodedDocument(try await documents.compiled(), after: last, concurrency: 1)
            let (before, after) = (last.loaded(compiler: Self.compiler), next.loaded(compiler: Self.compiler))
            if let change = after.change {
                #expect(change.earlier === before.version)
                let differing = after.registry.providers.indices.filter {
                    before.registry.providers[$0] != after.registry.providers[$0]
                }
                #expect(change.providers == Array(differing))
            }
            last = next
        }
    }

    @Test func limitsTheSizeOfTheFile() async throws {
        let folder = try ScratchFolder()
        try folder.write("registry.json", "{}")
        try folder.write("large.json", String(repeating: " ", count: 100))
        func problem(_ name: String) async -> String? {
            let source = RegistryFileSource(folder.path + "/" + name, limit: 99, concurrency: 1) { Self.compiler }
            do {
                _ = try await source.load(changed: nil)
                return nil
            } catch {
                return (error as? SourceFailure)?.description
            }
        }
        #expect(
            await problem("large.json")
                == "\(folder.path)/large.json has more than 99 bytes, the limit of a compiled registry"
        )
        #expect(await problem("registry.json") == nil)
    }
}
