import Foundation
import RosterFrontend
import RosterGit
import RosterModel
import RosterTestSupport
import RosterWorkspace
import Testing

@testable import RosterCommands
@testable import RosterReview

@Suite("Histories of served providers")
struct ServedHistoryTests {
    private static let id = "aip_8QzKx0vT2mWb4NcR"

    /// Returns the session of a folder.
    private func session(_ folder: String) async throws -> ReviewSession {
        let environment = Tools.cleanEnvironment([:])
        let repository = try Repository(
            named: folder,
            below: "/",
            needsRoster: false,
            concurrency: 2,
            environment: { environment[$0] }
        )
        let reviewed = try #require(try await repository.reviewed(today: CalendarDate(daysSince1970: 20_781)))
        return ReviewSession(reviewed, progress: { _, _ in }, retain: { _ in })
    }

    private func history(_ folder: String, _ path: String, at commit: String) async throws -> CommittedHistory {
        let id = try #require(ProviderID(Self.id))
        return try await CommittedHistory.read(of: id, at: path, commit: commit, in: try await session(folder))
    }

    /// Four commits of one provider: added, changed with another secret touched, renamed, linked to another secret file.
    private func repository() throws -> (repository: ReviewRepository, commits: [String]) {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        var commits = [try repository.commit(files, "made")]
        files[RiskExample.provider] = files[RiskExample.provider]?.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        commits.append(try repository.commit(files, "another model"))
        files["secrets/acme/unrelated.yaml"] = files[RiskExample.secret]?.replacing("sec_", with: "sec_A")
        try repository.commit(files, "a secret that it does not link")
        files["providers/acme/renamed.yaml"] = files.removeValue(forKey: RiskExample.provider)
        commits.append(try repository.commit(files, "renamed"))
        files[RiskExample.secret] = files[RiskExample.secret]?.replacing("J8sPq2LmN4tRvX6z", with: "Rt5Yh8Wn3Kd6Pq1Z")
        commits.append(try repository.commit(files, "another secret at its handle"))
        return (repository, commits)
    }

    @Test func readsServedCommitAndNotHead() async throws {
        let (repository, commits) = try repository()
        let newest = try await history(repository.folder.path, "providers/acme/renamed.yaml", at: commits[3])
        #expect(newest.entries.map(\.commit) == commits.reversed() && !newest.hasOlder)
        #expect(newest.entries.map(\.change.risk.name) == ["high", "low", "medium", "medium"])
        #expect(newest.entries.map(\.subject).first == "another secret at its handle")
        let earlier = try await history(repository.folder.path, RiskExample.provider, at: commits[1])
        #expect(earlier.entries.map(\.commit) == [commits[1], commits[0]])
        #expect(String(decoding: earlier.file, as: UTF8.self).contains("gpt-5.4"))
    }

    @Test func findsFileThatTheWorkingTreeRenamed() async throws {
        let (repository, commits) = try repository()
        let found = try await history(repository.folder.path, "providers/acme/new-name.yaml", at: commits[3])
        #expect(found.entries.map(\.commit) == commits.reversed())
        let other = try await history(repository.folder.path, RiskExample.provider, at: commits[3])
        #expect(other.entries.count == 4)
    }

    @Test func reportsProviderThatIsNotCommitted() async throws {
        let (repository, commits) = try repository()
        let session = try await session(repository.folder.path)
        let id = try #require(ProviderID("aip_0000000000000000"))
        await #expect(throws: CommittedHistory.NotCommitted.self) {
            try await CommittedHistory.read(of: id, at: "providers/acme/new.yaml", commit: commits[3], in: session)
        }
    }

    @Test func readsBareCloneAndRefusesShallowOne() async throws {
        let (repository, commits) = try repository()
        let clone = try ScratchFolder()
        let bare = clone.path + "/bare.git"
        try repository.program.tool("git", "clone", "--quiet", "--bare", repository.folder.path, bare)
        let found = try await history(bare, "providers/acme/renamed.yaml", at: commits[3])
        #expect(found.entries.map(\.commit) == commits.reversed())
        let shallow = try repository.shallowClone(depth: 2, in: clone)
        await #expect {
            _ = try await history(shallow.folder, "providers/acme/renamed.yaml", at: commits[3])
        } throws: { error in
            if case GitError.shallowHistory = error { true } else { false }
        }
    }

    @Test func agreesWithLogOnImportOfManyProviders() async throws {
        // The import has a parent, and another provider that moves in the same commit.
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        let provider = files.removeValue(forKey: RiskExample.provider) ?? ""
        files["providers/acme/local.yaml"] = RuleExample.ollama()
        try repository.commit(files, "first")
        files["providers/acme/moved.yaml"] = files.removeValue(forKey: "providers/acme/local.yaml")
        files[RiskExample.provider] = provider
        try repository.commit(files, "import")
        files["providers/acme/other.yaml"] = files.removeValue(forKey: RiskExample.provider)
        files[RiskExample.provider] = provider.replacing(Self.id, with: "aip_1111111111111111")
        let commit = try repository.commit(files, "another provider takes its place")
        let run = try await repository.program.run("log", Self.id, "--format", "json")
        let log = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let rows = try #require(log["commits"] as? [[String: Any]])
        let found = try await history(repository.folder.path, "providers/acme/other.yaml", at: commit)
        #expect(found.entries.compactMap(\.commit) == rows.compactMap { $0["commit"] as? String })
        #expect(found.entries.map(\.change.action) == [.moved, .added])
    }

    @Test func boundsHostileCommits() async throws {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        try repository.commit(files, "made")
        files[RiskExample.provider] = files[RiskExample.provider]?.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        let subject = "ask eve@example.org \u{202E}<b>\u{1}" + String(repeating: "x", count: 1 << 20)
        try repository.folder.write("message", subject)
        for (path, text) in files { try repository.folder.write(path, text) }
        let author = "--author=mallory@example.org <mallory@example.org>"
        try repository.program.tool("git", "commit", "--quiet", "--all", author, "--file=message")
        let found = try await history(repository.folder.path, RiskExample.provider, at: try repository.head())
        let entry = try #require(found.entries.first)
        #expect(entry.author == "mallory")
        #expect(entry.subject.hasPrefix("ask eve \u{202E}<b>") && entry.subject.unicodeScalars.count == 200)
        #expect(found.byteCount < 8_192)
    }

    @Test func stopsOnceEveryMemberIsKnown() async throws {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        try repository.commit(files, "made")
        for number in 0..<22 {
            files[RiskExample.provider] = files[RiskExample.provider]?
                .replacing("name: ", with: "name: \(number % 10)")
            try repository.commit(files, "\(number)")
        }
        let path = RiskExample.provider
        let all = try await history(repository.folder.path, path, at: try repository.head())
        #expect(all.entries.count == 23 && !all.hasOlder)
        // A commit that changes every member.
        files[path] = "id: \(Self.id)\nname: New\nprovider: ollama\ndefaultModel: llama3.2\n"
        try repository.commit(files, "all")
        for number in 0..<20 {
            files[path] = files[path]?.replacing("name: ", with: "name: \(number % 10)")
            try repository.commit(files, "\(number)")
        }
        let newest = try await history(repository.folder.path, path, at: try repository.head())
        #expect(newest.entries.count == 21 && newest.hasOlder)
    }
}
