import RosterCompiler
import RosterModel
import RosterSources
import Testing

@testable import RosterReview

/// Reviews of files in memory.
enum ExampleReview {
    /// Returns the rows between two states of a repository.
    static func changes(
        _ base: [String: String],
        _ head: [String: String],
        guarded: GuardedFiles.Differences? = nil,
        returned: Set<String> = []
    ) async throws -> [Change] {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let reader = ReviewReader(compiler: compiler, pathPrefix: "", wantsLinks: true)
        let sides = (source(base), source(head))
        let read = try await reader.read(base: sides.0, head: sides.1)
        let found = try await GuardedFiles(pathPrefix: "").differences(base: sides.0.top, head: sides.1.top)
        return Comparison(base: read.base, head: read.head, guarded: guarded ?? found, returnedSecrets: returned)
            .changes()
    }

    /// Returns one side of a review.
    static func tree(_ files: [String: String]) async throws -> ReviewedTree {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let reader = ReviewReader(compiler: compiler, pathPrefix: "", wantsLinks: true)
        return try await reader.read(base: source(files), head: source([:])).base
    }

    static func source(_ files: [String: String]) -> ReviewSource {
        let tree = MemoryTree(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
        return ReviewSource(tree: tree, top: tree)
    }

    /// Returns the names of the rules of some changes.
    static func rules(_ changes: [Change]) -> Set<String> { Set(changes.flatMap(\.reasons).map(\.rule)) }
}
