import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

@Suite("roster log and blame")
struct HistoryProgramTests {
    private static let id = "aip_8QzKx0vT2mWb4NcR"

    /// Five commits of one provider: added, changed, renamed, moved with a rewrite, linked to another secret file.
    private func history() throws -> (repository: ReviewRepository, commits: [String]) {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        var commits = [try repository.commit(files, "made")]
        files[RiskExample.provider] = files[RiskExample.provider]?.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        commits.append(try repository.commit(files, "another model"))
        files["providers/acme/other.yaml"] = RuleExample.ollama()
        try repository.commit(files, "another provider")
        files["providers/acme/renamed.yaml"] = files.removeValue(forKey: RiskExample.provider)
        commits.append(try repository.commit(files, "renamed"))
        files["providers/acme/renamed.yaml"] = nil
        files["providers/acme/moved.yaml"] = """
            secret: openai-prod
            defaultModel: gpt-5.2
            provider: openai
            name: GPT-5
            id: \(Self.id)

            """
        commits.append(try repository.commit(files, "rewritten elsewhere"))
        files[RiskExample.secret] = files[RiskExample.secret]?.replacing("J8sPq2LmN4tRvX6z", with: "Rt5Yh8Wn3Kd6Pq1Z")
        commits.append(try repository.commit(files, "another secret at its handle, token: sk-ant-api03-\(Self.key)"))
        return (repository, commits)
    }

    private static let key = String(repeating: "Vq7wT2xLm9Rz4KcJ8nBd1FgHs6YpEu3A", count: 3)

    private func json(_ repository: ReviewRepository, _ arguments: String...) async throws -> [String: Any] {
        let run = try await repository.program.run(arguments + ["--format", "json"])
        try #require(run.exitCode == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test func logFollowsRecordAcrossRenames() async throws {
        let (repository, commits) = try history()
        for name in ["acme/moved", Self.id] {
            let log = try await json(repository, "log", name)
            let entries = try #require(log["commits"] as? [[String: Any]])
            #expect(entries.compactMap { $0["commit"] as? String } == commits.reversed())
            let rows = entries.compactMap { ($0["changes"] as? [[String: Any]])?.first }
            #expect(rows.compactMap { $0["action"] as? String } == ["changed", "moved", "moved", "changed", "added"])
            #expect(rows.compactMap { $0["risk"] as? String } == ["high", "medium", "low", "medium", "medium"])
            #expect(rows.allSatisfy { $0["id"] as? String == Self.id })
            // `diff` reports the same row for that commit.
            var compared = try await repository.changes(commits[1] + "~1", commits[1])
            // Only a review has owners.
            for index in compared.indices { compared[index]["owners"] = nil }
            #expect(compared as NSArray == [rows[3]] as NSArray)
        }
        let text = try await repository.program.run("log", "acme/moved").output
        #expect(text.contains("[redacted]") && !text.contains(Self.key))
        #expect(text.contains("  2025-11-24T16:00:00Z  Test\n    rewritten elsewhere\n"))
    }

    @Test func logsDeletedProvider() async throws {
        let (repository, commits) = try history()
        let log = try await json(repository, "log", "acme/renamed")
        let entries = try #require(log["commits"] as? [[String: Any]])
        #expect(entries.compactMap { $0["commit"] as? String } == commits[..<4].reversed())
        #expect(try await repository.program.run("log", "acme/never").exitCode == 3)
        #expect(try await repository.program.run("log", "nohandle").exitCode == 3)
        #expect(try await repository.program.run("blame", "acme/never").exitCode == 3)
    }

    @Test func blameReportsLastCommitOfEachValue() async throws {
        let (repository, commits) = try history()
        let text = try repository.folder.read("providers/acme/moved.yaml")
        try repository.folder.write("providers/acme/moved.yaml", text + "config:\n  retry:\n    max: 3\n")
        let blame = try await json(repository, "blame", "acme/moved")
        let fields = try #require(blame["fields"] as? [[String: Any]])
        let found = Dictionary(uniqueKeysWithValues: fields.map { ($0["path"] as? String, $0["commit"] as? String) })
        #expect(
            found == [
                "handle": commits[3], "name": commits[3], "provider": commits[0], "defaultModel": commits[3],
                "secret": commits[0], "secretId": commits[4], "config.retry.max": nil,
            ]
        )
        #expect(fields.first { $0["path"] as? String == "defaultModel" }?["line"] as? Int == 2)
        let lines = try await repository.program.run("blame", Self.id).output
        #expect(lines.contains("\(commits[3].prefix(12))   2025-11-24  Test  defaultModel      gpt-5.2\n"))
        #expect(lines.contains("not committed                    config.retry.max  3\n"))
    }

    @Test func shallowCloneReportsMissingHistory() async throws {
        let (repository, _) = try history()
        let clone = try ScratchFolder()
        let run = try await repository.shallowClone(depth: 2, in: clone).run("log", "acme/moved")
        #expect(run.exitCode == 3 && run.error.contains("git fetch --unshallow"))
    }
}
