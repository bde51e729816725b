import RosterCompiler
import RosterFrontend
import RosterModel
import RosterSources
import Synchronization
import Testing

@testable import RosterReview

/// A tree whose files have ids, as git's have, and that records which of them were read.
final class IdentifiedTree: SourceTree {
    private let tree: MemoryTree
    private let texts: [String: String]
    private let read = Mutex<Set<String>>([])

    init(_ files: [String: String]) {
        texts = files
        tree = MemoryTree(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
    }

    var pathsRead: Set<String> { read.withLock { $0 } }

    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        zip(folders, try await tree.list(folders, limit: limit)).map { folder, entries in
            entries.map { entries in
                entries.map { entry in
                    let path = folder.path.isEmpty ? entry.name : folder.path + "/" + entry.name
                    return TreeEntry(name: entry.name, kind: entry.kind, object: texts[path] ?? "folder")
                }
            }
        }
    }

    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        read.withLock { $0.formUnion(files.map(\.path)) }
        try await tree.read(files, receive: receive)
    }
}

@Suite("Reading only what a review needs")
struct PartialReadingTests {
    private func changes(
        _ base: [String: String],
        _ head: [String: String],
        limit: Int,
        wantsLinks: Bool = false
    ) async throws -> (rows: [Change], links: [Review.SecretLinks], read: Set<String>) {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let reader = ReviewReader(compiler: compiler, pathPrefix: "", wantsLinks: wantsLinks, completeLimit: limit)
        let trees = (IdentifiedTree(base), IdentifiedTree(head))
        let read = try await reader.read(
            base: ReviewSource(tree: trees.0, top: trees.0),
            head: ReviewSource(tree: trees.1, top: trees.1)
        )
        #expect(read.isComplete == (limit > 0))
        let comparison = Comparison(base: read.base, head: read.head)
        let rows = comparison.changes()
        return (rows, comparison.links(of: rows), trees.0.pathsRead.union(trees.1.pathsRead))
    }

    /// The states of every example, and some in which unchanged files determine the result.
    private static let states: [String: (base: [String: String], head: [String: String])] = {
        var states = Dictionary(
            uniqueKeysWithValues: RiskCatalogue.all.map { ($0.name, ($0.example.base, $0.example.head)) }
        )
        // A different secret at the same handle: the provider's file is unchanged, and its key differs.
        var base = SecretLinkChanged.example.base
        var head = base
        head[RiskExample.secret] = base["secrets/acme/openai-test.yaml"]
        head["secrets/acme/openai-test.yaml"] = nil
        states["a secret in another's place"] = (base, head)
        // An unchanged provider sends a key to a new host.
        base = SecretLinkChanged.example.base
        base["providers/acme/gpt-4o-test.yaml"]?.append("baseUrl: https://eu.api.openai.com/v1\n")
        head = base
        head[RiskExample.provider] = SecretLinkChanged.example.head[RiskExample.provider]
        states["a key goes where it never went"] = (base, head)
        head[RiskExample.provider]?.append("baseUrl: https://eu.api.openai.com/v1\n")
        states["a key goes where it went already"] = (base, head)
        // Access to providers that are not read.
        base = AccessWidened.example.base
        head = AccessWidened.example.head
        for number in 0..<5 {
            let text = RuleExample.ollama().replacing("5mLd1oQaRw7yXz2B", with: "5mLd1oQaRw7yXz2\(number)")
            base["providers/acme/local-\(number).yaml"] = text
            head["providers/acme/local-\(number).yaml"] = text
        }
        states["access to many"] = (base, head)
        return states
    }()

    @Test("Reading in part gives the same rows as reading all", arguments: states.keys.sorted())
    func sameRows(name: String) async throws {
        let (base, head) = try #require(Self.states[name])
        for wantsLinks in [false, true] {
            for sides in [(base, head), (head, base)] {
                let part = try await changes(sides.0, sides.1, limit: 0, wantsLinks: wantsLinks)
                let whole = try await changes(sides.0, sides.1, limit: 1_000, wantsLinks: wantsLinks)
                #expect(part.rows == whole.rows)
                if wantsLinks { #expect(part.links == whole.links) }
            }
        }
        #expect(Self.states.count == RiskCatalogue.all.count + 4)
    }

    @Test("Reports the states in which unchanged files determine the result")
    func decisive() async throws {
        func rules(_ name: String) async throws -> Set<String> {
            let (base, head) = try #require(Self.states[name])
            return ExampleReview.rules(try await changes(base, head, limit: 0).rows)
        }
        #expect(
            try await rules("a secret in another's place").isSuperset(of: ["secret-link-changed", "secret-deleted"])
        )
        #expect(try await rules("a key goes where it never went").contains("key-destination-changed"))
        #expect(try await !rules("a key goes where it went already").contains("key-destination-changed"))
    }

    @Test("Files that are the same on both sides are not read")
    func unread() async throws {
        var base = TextOnly.example.base
        for number in 100..<300 {
            base["providers/acme/local-\(number).yaml"] = RuleExample.ollama()
                .replacing("5mLd1oQaRw7yXz2B", with: "5mLd1oQaRw7yX\(number)")
        }
        var head = base
        head["providers/acme/local-123.yaml"]?.append("baseUrl: http://127.0.0.1:1/v1\n")
        head[RiskExample.provider]?.append("# note\n")
        let result = try await changes(base, head, limit: 0)
        #expect(result.rows.count == 2)
        #expect(
            result.read == ["roster.yaml", "providers/acme/local-123.yaml", RiskExample.provider, RiskExample.secret]
        )
    }
}
