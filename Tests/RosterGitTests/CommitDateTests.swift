import Foundation
import RosterSources
import Testing

@testable import RosterGit

@Suite("Dates that a registry cannot hold")
struct CommitDateTests {
    private let path = "providers/acme/a.yaml"

    @Test("Accepts the ends of the range", arguments: [0, 253_402_300_799])
    func acceptsEndsOfRange(date: Int) async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        let head = try repository.commit(at: date)
        let history = try await history(of: head, repository)
        #expect(history.committedAt == Int64(date))
        #expect(history.dates[path] == FileDates(created: Int64(date), updated: Int64(date)))
    }

    @Test(
        "A commit outside the range is named with its date, wherever it is in the history",
        arguments: [
            "253402300800", "9223372036854775807", "9223372036854775808", "99999999999999999999", "-1", "-5", "",
        ]
    )
    func refusesOthers(date: String) async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        let bad = try repository.redate("HEAD", to: date)
        try repository.git(["reset", "--quiet", "--hard", bad])
        let error = GitError.unusableDate(commit: bad, date: date)
        await #expect(throws: error) { try await history(of: bad, repository) }
        await #expect(throws: error) { try await repository.opened().tree(of: bad) }
        await #expect(throws: error) { try await repository.opened().treeID(of: bad) }
        // As the first commit of a history, and beneath a merge.
        try repository.write("roster.yaml", "")
        let next = try repository.commit(at: 300)
        await #expect(throws: error) { try await history(of: next, repository) }
        await #expect(throws: error) {
            try await repository.opened().fileHistory(of: path, besides: { _ in "secrets/acme/" }, from: next)
        }
        try repository.git(["switch", "--quiet", "--create", "side"])
        try repository.commit(at: 350)
        try repository.git(["switch", "--quiet", "main"])
        try repository.commit(at: 360)
        try repository.git(["merge", "--quiet", "--no-edit", "side"])
        let merge = try repository.git(["rev-parse", "HEAD"])
        await #expect(throws: error) { try await history(of: merge, repository) }
    }

    @Test("An uncommitted file is refused by its modification time", arguments: [-1, 253_402_300_800])
    func refusesModificationTimes(seconds: Int64) async throws {
        let repository = try ScratchRepository()
        let file = DatedFile(path: path, bytes: [1], modified: seconds)
        func history(epoch: Int64?) async throws -> TreeHistory {
            let opened = try await repository.opened()
            let uncommitted = UncommittedDates(sourceDateEpoch: epoch)
            return try await GitHistory(ofWorkTreeAt: try await opened.head(), in: opened, uncommitted: uncommitted)
                .history(of: [file])
        }
        let error = GitError.unusableModificationTime(path: path, seconds: seconds)
        await #expect(throws: error) { try await history(epoch: nil) }
        #expect(try await history(epoch: 9).dates[path]?.updated == 9)
        try repository.write("roster.yaml", "")
        try repository.commit(at: 100)
        await #expect(throws: error) { try await history(epoch: nil) }
    }

    private func history(of commit: String, _ repository: ScratchRepository) async throws -> TreeHistory {
        let opened = try await repository.opened()
        let names = try repository.git(["ls-tree", "-r", "--name-only", commit]).split(separator: "\n")
        let files = names.map { DatedFile(path: String($0), bytes: [], modified: nil) }
        return try await GitHistory(ofRevision: commit, in: opened).history(of: files)
    }
}

extension ScratchRepository {
    /// Writes a copy of a commit with another committer date, which git need not accept; returns its id.
    func redate(_ commit: String, to date: String) throws -> String {
        let lines = try git(["cat-file", "commit", commit]).split(separator: "\n", omittingEmptySubsequences: false)
        let changed = lines.map { line in
            line.hasPrefix("committer ")
                ? "committer Test <test@example.com> \(date)\(date.isEmpty ? "" : " +0000")" : line
        }
        let text = Data((changed.joined(separator: "\n") + "\n").utf8)
        return try git(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], input: text)
    }
}
