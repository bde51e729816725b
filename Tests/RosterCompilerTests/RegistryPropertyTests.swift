import RosterBackend
import RosterDiagnostics
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterCompiler

/// The property that a registry can always be read: no repository compiles to a document that the reader rejects.
@Suite("Registries at the limits of the format")
struct RegistryPropertyTests {
    @Test("A repository is rejected with a place, or its registry can be decoded to the same bytes")
    func roundTrip() async throws {
        let seed = TestSeed.of()
        var repositories = GeneratedRepository(seed: seed)
        var dates = SeededGenerator(seed: seed)
        var (read, refused) = (0, 0)
        // The share of valid repositories differs by seed, so more are generated until there are enough of both kinds.
        while read + refused < 60 || (read < 10 || refused < 5) && read + refused < 600 {
            let files = repositories.next()
            let checked = try await Compiler(Fixtures.options).analyze(MemoryTree(files))
            let errors = checked.diagnostics.filter { $0.severity == .error }
            guard errors.isEmpty else {
                let unplaced = errors.filter { $0.place.span == nil }
                #expect(unplaced.isEmpty, "seed \(seed): \(unplaced)")
                refused += 1
                continue
            }
            let history = Self.history(of: files.map(\.path), &dates)
            let document = try await Fixtures.document(of: MemoryTree(files), history)
            let registry = checked.registry(history: history)
            #expect(registry.map(RegistryEncoder.encode) == Array(document.utf8), "seed \(seed)")
            do {
                let decoded = try await RegistryDecoder.decode(Array(document.utf8))
                #expect(RegistryEncoder.encode(decoded) == Array(document.utf8), "seed \(seed)")
            } catch {
                Issue.record("seed \(seed), round \(read + refused): \(error)\n\(document.prefix(4_000))")
                return
            }
            read += 1
        }
        #expect(read >= 10 && refused >= 5, "seed \(seed): \(read) read, \(refused) refused")
    }

    private static func history(of paths: [String], _ random: inout SeededGenerator) -> TreeHistory {
        let ends: [Int64] = [0, 1, 951_782_400, 4_107_542_399, 253_402_300_799]
        func date() -> Int64 {
            ends.randomElement(using: &random) ?? 0
        }
        let dates = paths.map { ($0, FileDates(created: date(), updated: date())) }
        return TreeHistory(
            commit: String(repeating: "a", count: Bool.random(using: &random) ? 40 : 64),
            committedAt: date(),
            isDirty: Bool.random(using: &random),
            dates: Dictionary(uniqueKeysWithValues: dates)
        )
    }
}
