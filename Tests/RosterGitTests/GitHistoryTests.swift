import Foundation
import RosterSources
import Testing

@testable import RosterGit

struct GitHistoryTests {
    private let path = "providers/acme/a.yaml"
    private let longText = (0..<40).map { "line \($0)\n" }.joined()

    @Test func datesFilesByFirstAndLatestCommit() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        try repository.write("roster.yaml", "")
        try repository.commit(at: 200)
        try repository.write(path, "two\n")
        let head = try repository.commit(at: 300)
        try repository.commit(at: 400)
        let history = try await repository.history(of: head)
        #expect(history.commit == head)
        #expect(history.committedAt == 300)
        #expect(!history.isDirty)
        #expect(history.dates[path] == FileDates(created: 100, updated: 300))
        #expect(history.dates["roster.yaml"] == FileDates(created: 200, updated: 200))
    }

    @Test func keepsFirstDateAcrossRenames() async throws {
        let repository = try ScratchRepository()
        try repository.write("elsewhere/x", longText)
        try repository.commit(at: 100)
        try repository.git(["mv", "-k", "elsewhere/x", "y.yaml"])
        try repository.commit(at: 200)
        try repository.write("providers/acme/.gitkeep", "")
        try repository.git(["mv", "y.yaml", path])
        try repository.write(path, longText + "more\n")
        let head = try repository.commit(at: 300)
        #expect(try await repository.history(of: head).dates[path] == FileDates(created: 100, updated: 300))
    }

    @Test func treatsReusedNameAsAnotherFile() async throws {
        let repository = try ScratchRepository()
        let other = "providers/acme/b.yaml"
        try repository.write(path, longText)
        try repository.commit(at: 100)
        try repository.git(["mv", path, other])
        try repository.commit(at: 200)
        try repository.write(path, longText.uppercased())
        let head = try repository.commit(at: 300)
        let dates = try await repository.history(of: head).dates
        #expect(dates[other] == FileDates(created: 100, updated: 200))
        #expect(dates[path] == FileDates(created: 300, updated: 300))
    }

    @Test func ignoresTheUsersConfiguration() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, longText)
        try repository.commit(at: 100)
        try repository.git(["mv", path, "providers/acme/b.yaml"])
        let head = try repository.commit(at: 200)
        for setting in [
            "diff.renames=false", "diff.renameLimit=1", "log.showRoot=false", "diff.orderFile=/nonexistent",
            "log.diffMerges=off", "diff.external=false", "diff.relative=true", "log.follow=true", "color.ui=always",
            "core.quotePath=true", "log.date=relative", "format.pretty=oneline", "core.abbrev=4", "diff.noprefix=true",
        ] {
            let parts = setting.split(separator: "=")
            try repository.git(["config", String(parts[0]), String(parts[1])])
        }
        let dates = try await repository.history(of: head).dates
        #expect(dates["providers/acme/b.yaml"] == FileDates(created: 100, updated: 200))
    }

    @Test func datesRecreatedFileFromItsRecreation() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        try repository.remove(path)
        try repository.commit(at: 200)
        try repository.write(path, "one\n")
        let head = try repository.commit(at: 300)
        #expect(try await repository.history(of: head).dates[path] == FileDates(created: 300, updated: 300))
    }

    @Test func datesMergedChangesByTheMerge() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "")
        try repository.commit(at: 100)
        try repository.git(["checkout", "--quiet", "-b", "topic"])
        try repository.write(path, "one\n")
        try repository.commit(at: 200)
        try repository.git(["checkout", "--quiet", "main"])
        try repository.commit(at: 300)
        try repository.git(["merge", "--quiet", "--no-ff", "--no-edit", "topic"], date: 400)
        let dates = try await repository.history(of: try repository.git(["rev-parse", "HEAD"])).dates
        #expect(dates[path] == FileDates(created: 400, updated: 400))
        #expect(dates["roster.yaml"] == FileDates(created: 100, updated: 100))
    }

    @Test func followsNamesOfAnyBytes() async throws {
        let repository = try ScratchRepository()
        for name in ["new\nline", "tab\there", "quote\"d", ":colon", "späth", " lead", "R100"] {
            try repository.write("providers/\(name).yaml", longText + name)
        }
        try repository.commit(at: 100)
        let head = try repository.commit(at: 200)
        let dates = try await repository.history(of: head).dates
        #expect(dates.count == 7)
        #expect(dates.values.allSatisfy { $0 == FileDates(created: 100, updated: 100) })
    }

    @Test func refusesShallowCloneWithoutAFirstCommit() async throws {
        let origin = try ScratchRepository()
        try origin.write(path, "one\n")
        try origin.commit(at: 100)
        try origin.write("roster.yaml", "")
        try origin.commit(at: 200)
        let clone = ScratchRepository(existing: origin.folder + "-shallow")
        try origin.git(["clone", "--quiet", "--depth", "1", "file://" + origin.folder, clone.folder])
        let head = try clone.git(["rev-parse", "HEAD"])
        await #expect(throws: GitError.shallowHistory(path: path)) { try await clone.history(of: head) }
        try clone.git(["fetch", "--quiet", "--unshallow"])
        #expect(try await clone.history(of: head).dates[path] == FileDates(created: 100, updated: 100))
    }

    @Test func acceptsShallowCloneWithEveryFirstCommit() async throws {
        let origin = try ScratchRepository()
        try origin.write("roster.yaml", "")
        try origin.commit(at: 100)
        try origin.remove("roster.yaml")
        try origin.commit(at: 200)
        try origin.write(path, "one\n")
        try origin.commit(at: 300)
        let clone = ScratchRepository(existing: origin.folder + "-shallow")
        try origin.git(["clone", "--quiet", "--depth", "2", "file://" + origin.folder, clone.folder])
        let dates = try await clone.history(of: try clone.git(["rev-parse", "HEAD"])).dates
        #expect(dates == [path: FileDates(created: 300, updated: 300)])
    }

    @Test func refusesGraftedHistory() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        try repository.write("roster.yaml", "")
        let head = try repository.commit(at: 200)
        try repository.write(".git/info/grafts", head + "\n")
        let file = repository.folder + "/.git/info/grafts"
        await #expect(throws: GitError.graftedHistory(file: file, commit: head)) {
            try await repository.history(of: head)
        }
    }

    @Test func ignoresReplacedObjects() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "good\n")
        let good = try repository.commit(at: 100)
        try repository.write(path, "evil\n")
        let evil = try repository.commit(at: 200)
        try repository.git(["reset", "--quiet", "--hard", good])
        try repository.git(["replace", good, evil])
        #expect(try await repository.files(of: good).mapValues(\.text) == [path: "good\n"])
        #expect(try await repository.history(of: good).committedAt == 100)
    }
}

struct WorkTreeHistoryTests {
    private let path = "providers/acme/a.yaml"

    @Test func reportsCleanTree() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.write("README", "x")
        let head = try repository.commit(at: 100)
        try repository.write("README", "changed, and none of Roster's")
        let history = try await repository.workTreeHistory(["providers/acme/a.yaml": "one\n"])
        #expect(!history.isDirty)
        #expect(history.commit == head)
        #expect(history.dates == [path: FileDates(created: 100, updated: 100)])
    }

    @Test func keepsFirstDateOfChangedFiles() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.write("roster.yaml", "same length\n")
        try repository.commit(at: 100)
        let files = [path: "changed\n", "roster.yaml": "SAME LENGTH\n", "providers/acme/new.yaml": "new\n"]
        let history = try await repository.workTreeHistory(files, epoch: 5_000)
        #expect(history.isDirty)
        #expect(
            history.dates == [
                path: FileDates(created: 100, updated: 5_000),
                "roster.yaml": FileDates(created: 100, updated: 5_000),
                "providers/acme/new.yaml": FileDates(created: 5_000, updated: 5_000),
            ]
        )
        let undated = try await repository.workTreeHistory(files)
        #expect(undated.dates[path] == FileDates(created: 100, updated: 77))
    }

    @Test(arguments: ["providers/acme/b.yaml", "secrets/acme/s.yaml", "roster.yaml"])
    func reportsDeletedFileAsDirty(_ deleted: String) async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.write(deleted, "gone\n")
        try repository.commit(at: 100)
        let history = try await repository.workTreeHistory([path: "one\n"])
        #expect(history.isDirty)
        #expect(history.dates == [path: FileDates(created: 100, updated: 100)])
    }

    @Test func datesFilesBeforeTheFirstCommit() async throws {
        let repository = try ScratchRepository()
        let history = try await repository.workTreeHistory([path: "one\n"], epoch: 9)
        #expect(history.commit == nil)
        #expect(history.isDirty)
        #expect(history.dates == [path: FileDates(created: 9, updated: 9)])
    }
}

extension ScratchRepository {
    /// The history of every file of a revision.
    func history(of commit: String) async throws -> TreeHistory {
        let files = try await files(of: commit).keys.sorted().map { DatedFile(path: $0, bytes: [], modified: nil) }
        return try await GitHistory(ofRevision: commit, in: try await opened()).history(of: files)
    }

    /// The history of a work tree that has these files, each modified at 77.
    func workTreeHistory(_ files: [String: String], epoch: Int64? = nil) async throws -> TreeHistory {
        let files = files.sorted { $0.key < $1.key }
            .map { DatedFile(path: $0.key, bytes: Array($0.value.utf8), modified: 77) }
        let repository = try await opened()
        return try await GitHistory(
            ofWorkTreeAt: try await repository.head(),
            in: repository,
            uncommitted: UncommittedDates(sourceDateEpoch: epoch)
        ).history(of: files)
    }
}
