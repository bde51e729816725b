import Foundation
import RosterReview
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Random pull requests, compared with an oracle in Python that reads the commit graph and the files.
@Suite("The review of random histories")
struct RandomHistoryTests {
    /// A pull request as the oracle describes it.
    private struct Pull: Decodable {
        var base: String
        var head: String
        var mergeBases: [String]
        /// The kind, then the id or the path of a file.
        var rows: [Row]

        struct Row: Decodable {
            var key: String
            /// With several merge bases, a record can be added relative to one and changed relative to another.
            var actions: [String]
            var handles: [String]
        }
    }

    /// Writes histories into a new repository, and returns the pull requests among them.
    private func pulls(_ count: Int, seed: UInt64, in folder: ScratchFolder) throws -> [Pull] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "random_histories.py")
        let program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        let lines = try program.tool("python3", script.path, folder.path, String(seed), String(count)).output
        return try lines.split(separator: "\n").map { try JSONDecoder().decode(Pull.self, from: Data($0.utf8)) }
    }

    /// The difference between a review and what the oracle expects; nil when they agree.
    private func difference(_ review: Review, _ pull: Pull) -> String? {
        let kind: Review.ComparisonKind = pull.mergeBases.isEmpty ? .exact : .mergeBase
        guard review.comparison == kind else { return "comparison \(review.comparison)" }
        let bases = pull.mergeBases.isEmpty ? [pull.base] : pull.mergeBases
        guard review.base.commit == bases[0], review.head.commit == pull.head else { return "base \(review.base)" }
        guard review.mergeBases == pull.mergeBases else { return "merge bases \(review.mergeBases)" }
        let expected = Dictionary(pull.rows.map { ($0.key, $0) }) { first, _ in first }
        var seen: Set<String> = []
        for row in review.changes {
            let key = row.kind.rawValue + " " + (row.kind == .file ? row.path : row.id ?? row.handle ?? "")
            guard seen.insert(key).inserted else { return "two rows of \(key)" }
            guard let known = expected[key] else { return "a row too many: \(row)" }
            guard known.actions.contains(row.action.rawValue) else { return "\(row.action) of \(known)" }
            guard row.kind == .file || known.handles.contains(row.handle ?? "") else { return "\(row) of \(known)" }
        }
        let missing = expected.keys.filter { !seen.contains($0) }
        return missing.isEmpty ? nil : "rows that are missing: \(missing.sorted())"
    }

    @Test("The rows equal those of the oracle for 500 pull requests of random histories")
    func rows() async throws {
        let folder = try ScratchFolder()
        let seed = TestSeed.of()
        let pulls = try pulls(500, seed: seed, in: folder)
        #expect(pulls.count == 500 && pulls.contains { $0.mergeBases.count > 1 } && pulls.contains { $0.rows.isEmpty })
        var options = GlobalOptions()
        (options.repo, options.quiet) = (folder.path, true)
        let session = try await ReviewRun(options, .process).session
        var failures = 0
        for (index, pull) in pulls.enumerated() {
            let revisions = try ComparedRevisions(base: pull.base, head: pull.head, isExact: false)
            let sides = try #require(try await session.sides(revisions))
            let review = try await session.review(sides, wantsDigests: false, wantsLinks: false)
            guard let difference = difference(review, pull) else { continue }
            Issue.record("ROSTER_SEED=\(seed), pull request \(index), \(pull.base) \(pull.head): \(difference)")
            failures += 1
            if failures == 5 { break }
        }
    }

    @Test("The built program prints the same rows")
    func program() async throws {
        let folder = try ScratchFolder()
        let seed = TestSeed.of()
        var compared = 0
        for pull in try pulls(40, seed: seed, in: folder) where !pull.rows.isEmpty && compared < 12 {
            compared += 1
            let run = try await RosterProgram(folder: folder.path).run("diff", pull.base, pull.head, "--format", "json")
            #expect(run.exitCode == 0, "ROSTER_SEED=\(seed): \(run.error)")
            let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let kind = pull.mergeBases.isEmpty ? "exact" : "merge-base"
            #expect(document?["comparison"] as? String == kind, "ROSTER_SEED=\(seed)")
            let keys = (document?["changes"] as? [[String: Any]] ?? []).map { row in
                let kind = row["kind"] as? String ?? ""
                let name = kind == "file" ? row["path"] : row["id"] as? String ?? row["handle"]
                return kind + " " + (name as? String ?? "")
            }
            #expect(Set(keys) == Set(pull.rows.map(\.key)), "ROSTER_SEED=\(seed), \(pull.base) \(pull.head)")
        }
        #expect(compared == 12)
    }
}
