import RosterBackend
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

@Suite("The document that is written while files are read")
struct DocumentTests {
    /// Returns a number of providers and secrets of one project; several threads read more than a chunk of them.
    private static func files(providers: Int, secrets: Int) -> [(path: String, bytes: [UInt8])] {
        var files = [(path: "roster.yaml", bytes: Array(RuleExample.roster.utf8))]
        func id(_ number: Int) -> String { String(1_000_000_000_000_000 + number) }
        for number in 0..<secrets {
            let text = RuleExample.secret.replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_" + id(number))
                .replacing("box: BBBB", with: "box: " + String(id(number).suffix(4)))
            files.append(("secrets/acme/s\(number).yaml", Array(text.utf8)))
        }
        for number in 0..<providers {
            var text = "id: aip_\(id(number))\nname: n\(number)\nprovider: openai\ndefaultModel: m\n"
            if secrets > 0 { text += "secret: s\(number % secrets)\n" }
            text += "config: {stop: [\"\\n\", 'a\"b'], seed: \(number), deep: {x: null, y: [1.5, []]}}\n"
            files.append(("providers/acme/p\(number).yaml", Array(text.utf8)))
        }
        return files
    }

    private static func compiler(_ concurrency: Int) -> Compiler {
        Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781), concurrency: concurrency))
    }

    /// A history that is returned for any files.
    private struct FixedHistory: HistorySource {
        let history: TreeHistory

        func history(of files: [DatedFile]) async throws -> TreeHistory { history }
    }

    @Test(
        "Emitting equals encoding the registry, for any number of records and threads, and dates known before or after",
        arguments: [(700, 300), (300, 3), (0, 2), (0, 0)]
    )
    func document(providers: Int, secrets: Int) async throws {
        let tree = MemoryTree(Self.files(providers: providers, secrets: secrets))
        let analyzed = try await Self.compiler(1).analyze(tree)
        var dated = TreeHistory(commit: "c", committedAt: 7, isDirty: true, dates: [:])
        for (number, file) in analyzed.datedFiles.enumerated() where number % 5 > 0 {
            dated.dates[file.path] = FileDates(
                created: Int64(number) * 1_000_000,
                updated: 253_402_300_790 + Int64(number)
            )
        }
        for history in [TreeHistory.modificationTimes, dated] {
            let expected = RegistryEncoder.encode(try #require(analyzed.registry(history: history)))
            for concurrency in [1, 4] {
                for dates in [RegistryDates.known(history), .source(FixedHistory(history: history))] {
                    var sink = MemorySink()
                    let emitted = try await Self.compiler(concurrency).emit(tree, dated: dates, to: &sink)
                    #expect(emitted.isComplete)
                    #expect(sink.bytes == expected)
                }
            }
        }
    }

    @Test("Diagnoses, analyses and emissions have the same diagnostics, with one thread and with several")
    func findings() async throws {
        var files = Self.files(providers: 600, secrets: 300)
        func rewrite(_ path: String, _ old: String, _ new: String) throws {
            let index = try #require(files.firstIndex { $0.path == path })
            files[index].bytes = Array(
                String(decoding: files[index].bytes, as: UTF8.self).replacing(old, with: new).utf8
            )
        }
        try rewrite("providers/acme/p590.yaml", "1000000000000590", "1000000000000003")
        try rewrite("providers/acme/p420.yaml", "name: n420", "name: n5")
        try rewrite("providers/acme/p77.yaml", "secret: s77", "secret: s7777")
        try rewrite(
            "providers/acme/p78.yaml",
            "provider: openai",
            "provider: openai\nbaseUrl: https://llm.example.com/v1"
        )
        try rewrite("providers/acme/p79.yaml", "seed: 79", "seed: 99999999999999999999")
        try rewrite("secrets/acme/s200.yaml", "generation: 1", "generation: none")
        let tree = MemoryTree(files)
        let expected = try await Self.compiler(1).analyze(tree).diagnostics
        #expect(Set(expected.map(\.rule)).isSuperset(of: ["duplicate-id", "duplicate-name", "unknown-secret"]))
        for concurrency in [1, 4] {
            let compiler = Self.compiler(concurrency)
            #expect(try await compiler.diagnose(tree).diagnostics == expected)
            #expect(try await compiler.analyze(tree).diagnostics == expected)
            var sink = MemorySink()
            let emitted = try await compiler.emit(tree, to: &sink)
            #expect(emitted.diagnosis.diagnostics == expected)
            #expect(!emitted.isComplete)
        }
    }

    /// A sink that accepts a number of pieces.
    private struct FailingSink: RegistrySink {
        struct Full: Error {}
        var capacity: Int

        mutating func receive(_ bytes: [UInt8]) throws {
            guard capacity > 0 else { throw Full() }
            capacity -= 1
        }
    }

    @Test("An error of the sink ends the compilation", arguments: 0..<4)
    func failingSink(capacity: Int) async throws {
        var sink = FailingSink(capacity: capacity)
        await #expect(throws: FailingSink.Full.self) {
            try await Self.compiler(4).emit(MemoryTree(Self.files(providers: 700, secrets: 300)), to: &sink)
        }
    }
}
