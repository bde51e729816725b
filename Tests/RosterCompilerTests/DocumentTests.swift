import RosterDiagnostics
import RosterModel
import RosterSources
import Synchronization
import Testing

@testable import RosterCompiler

@Suite("The document that is written while files are read")
struct DocumentTests {
    /// So many providers and secrets of one project; with more than a chunk of them, several threads read.
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

    private static func options(_ kept: KeptContents, _ concurrency: Int) -> Compiler.Options {
        Compiler.Options(today: CalendarDate(daysSince1970: 20_781), concurrency: concurrency, keeping: kept)
    }

    @Test(
        "It is the registry's, of whatever many records and threads, with dates and without, streamed and kept",
        arguments: [(700, 300), (300, 3), (0, 2), (0, 0)]
    )
    func document(providers: Int, secrets: Int) async throws {
        let tree = MemoryTree(Self.files(providers: providers, secrets: secrets))
        let checked = try await Compiler(Self.options([.bytes, .values], 1)).check(tree)
        var dated = TreeHistory(commit: "c", committedAt: 7, isDirty: true, dates: [:])
        for (number, file) in checked.datedFiles.enumerated() where number % 5 > 0 {
            dated.dates[file.path] = FileDates(
                created: Int64(number) * 1_000_000,
                updated: 253_402_300_790 + Int64(number)
            )
        }
        for history in [TreeHistory.modificationTimes, dated] {
            let expected = RegistryEncoder.encode(try #require(checked.registry(history: history)))
            for concurrency in [1, 4] {
                let compiler = Compiler(Self.options(.document, concurrency))
                var kept: [UInt8] = []
                try await compiler.check(tree).writeRegistry(history: history) { kept += $0 }
                #expect(kept == expected)
                let streamed = Mutex<[UInt8]>([])
                let stream = DocumentStream(history: history) { piece in streamed.withLock { $0 += piece } }
                let listed = try await compiler.list(tree)
                let read = try await compiler.check(listed, writing: stream)
                #expect(streamed.withLock { $0.isEmpty } == (providers == 0))
                read.writeRegistry(history: history) { piece in streamed.withLock { $0 += piece } }
                #expect(streamed.withLock { $0 } == expected)
            }
        }
    }

    @Test("What is found is the same, whatever is kept and however many threads read")
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
        let expected = try await Compiler(Self.options([.bytes, .values], 1)).check(tree).diagnostics
        #expect(Set(expected.map(\.rule)).isSuperset(of: ["duplicate-id", "duplicate-name", "unknown-secret"]))
        for kept: KeptContents in [[], .bytes, .document, [.bytes, .values]] {
            for concurrency in [1, 4] {
                #expect(try await Compiler(Self.options(kept, concurrency)).check(tree).diagnostics == expected)
            }
        }
    }

    /// A tree whose provider has another id when it is read again.
    private struct ChangingTree: SourceTree {
        let first: MemoryTree
        let later: MemoryTree
        private let reads = Reads()

        private final class Reads: Sendable { let count = Mutex(0) }

        init(_ first: MemoryTree, _ later: MemoryTree) { (self.first, self.later) = (first, later) }

        func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
            try await first.list(folders, limit: limit)
        }

        func read(
            _ files: ArraySlice<TreeFile>,
            receive: (_ index: Int, _ reading: consuming FileReading) -> Void
        ) async throws {
            let isFirst = reads.count.withLock { count in
                if files.contains(where: { $0.name == "p1.yaml" }) { count += 1 }
                return count < 2
            }
            try await (isFirst ? first : later).read(files, receive: receive)
        }
    }

    @Test("A provider that is another one when it is looked at again is no verdict")
    func changing() async throws {
        var files = Self.files(providers: 2, secrets: 1)
        let index = try #require(files.firstIndex { $0.path == "providers/acme/p1.yaml" })
        let later = files
        files[index].bytes = Array(
            String(decoding: files[index].bytes, as: UTF8.self).replacing("0001\n", with: "0000\n").utf8
        )
        let tree = ChangingTree(MemoryTree(files), MemoryTree(later))
        await #expect(throws: RepositoryError.changedMeanwhile("providers/acme/p1.yaml")) {
            try await Compiler(Self.options([], 1)).check(tree)
        }
    }
}
