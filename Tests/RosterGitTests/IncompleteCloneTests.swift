import Foundation
import RosterSources
import Testing

@testable import RosterGit

@Suite("Clones without all objects or all parents")
struct IncompleteCloneTests {
    private let path = "providers/acme/a.yaml"

    /// A repository with two commits of one file, whose clones may be partial.
    private func origin() throws -> ScratchRepository {
        let repository = try ScratchRepository()
        for (index, text) in ["one\n", "two\n", "three\n"].enumerated() {
            try repository.write(path, text)
            try repository.write("roster.yaml", text)
            try repository.commit(at: 100 * (index + 1))
        }
        try repository.git(["config", "uploadpack.allowFilter", "true"])
        return repository
    }

    private func clone(_ origin: ScratchRepository, _ options: String...) throws -> ScratchRepository {
        let folder = origin.folder + "/.git/clone-\(UUID().uuidString)"
        try origin.git(["clone", "--quiet"] + options + ["file://" + origin.folder, folder])
        return ScratchRepository(existing: folder)
    }

    private func isPartial(_ error: any Error) -> Bool {
        if case GitError.partialClone(let object) = error { object?.utf8.count == 40 } else { false }
    }

    @Test("An object that a promisor remote has is reported, and not fetched", arguments: ["blob:none", "tree:0"])
    func reportsPartialClone(filter: String) async throws {
        let origin = try origin()
        let clone = try clone(origin, "--filter=\(filter)")
        // A fetch that worked would add the missing objects.
        let arguments = ["rev-list", "--objects", "--all", "--missing=print"]
        let before = try clone.git(arguments)
        let old = try clone.git(["rev-parse", "HEAD~2"])
        var repository = try await clone.opened()
        #expect(try await repository.isPartialClone())
        await #expect(performing: { _ = try await clone.files(of: "HEAD~2") }, throws: isPartial)
        let head = try clone.git(["rev-parse", "HEAD"])
        if filter == "tree:0" {
            await #expect(performing: { _ = try await clone.history(of: head) }, throws: isPartial)
            await #expect(
                performing: { _ = try await repository.formerSecrets(["sec_0123456789abcdef"], before: head) },
                throws: isPartial
            )
        } else {
            // The names of files and the trees of all commits are there.
            _ = try await clone.history(of: head)
        }
        // The reason comes from the process that ended, regardless of the order of the requests.
        repository.keepProcesses()
        for _ in 0..<2 {
            await #expect(
                performing: {
                    let files = try await repository.tree(of: old).list([TreeFolder(path: "")], limit: 100)
                    let entries = try #require(try files.first?.get())
                    let wanted = entries.filter { $0.kind == .file }
                        .map { TreeFile(folder: "", name: $0.name, object: $0.object, limit: 100) }
                    try await repository.tree(of: old).read(wanted[...]) { _, _ in }
                },
                throws: isPartial
            )
            repository.keepProcesses()
        }
        #expect(try clone.git(arguments) == before && origin.git(arguments) != before)
    }

    @Test func readsPartialCloneThatWasCompleted() async throws {
        let origin = try origin()
        let clone = try clone(origin, "--filter=tree:0")
        try clone.git(["fetch", "--quiet", "--refetch", "--no-filter"])
        for revision in ["HEAD", "HEAD~2"] {
            let (found, expected) = (try await clone.files(of: revision), try await origin.files(of: revision))
            #expect(found.mapValues(\.text) == expected.mapValues(\.text))
        }
        #expect(try await clone.opened().isPartialClone())
    }

    @Test("A disabled promisor is not a partial clone", arguments: ["false", "no", "off", "0"])
    func readsPromisorSetting(value: String) async throws {
        let repository = try origin()
        #expect(try await !repository.opened().isPartialClone())
        try repository.git(["config", "remote.a.b.promisor", value])
        #expect(try await !repository.opened().isPartialClone())
        try repository.git(["config", "remote.other.promisor", "yes"])
        #expect(try await repository.opened().isPartialClone())
    }

    @Test func refusesGraftsOnlyInTheHistoryThatIsRead() async throws {
        let repository = try origin()
        let head = try repository.git(["rev-parse", "HEAD"])
        let first = try repository.git(["rev-parse", "HEAD~2"])
        try repository.git(["switch", "--quiet", "--orphan", "other"])
        try repository.write("other", "")
        let other = try repository.commit(at: 400)
        let file = repository.folder + "/.git/info/grafts"
        let expected = try await repository.history(of: head).dates
        // Comments and other histories have no effect.
        for text in ["", "# \(head)\n", "\(other) \(first)\n"] {
            try repository.write(".git/info/grafts", text)
            #expect(try await repository.history(of: head).dates == expected, "\(text)")
            try await repository.opened().checkGrafts(inHistoryOf: [head])
        }
        for (commit, text) in [
            (head, head + "\n"), (head, "\(head) \(first)"), (first, "# a\n\(first.uppercased()) \(other)\n"),
        ] {
            try repository.write(".git/info/grafts", text)
            let error = GitError.graftedHistory(file: file, commit: commit)
            await #expect(throws: error) { try await repository.history(of: head) }
            let opened = try await repository.opened()
            await #expect(throws: error) { try await opened.checkGrafts(inHistoryOf: [head]) }
            await #expect(throws: error) {
                _ = try await opened.formerSecrets(["sec_0123456789abcdef"], before: head)
            }
            await #expect(throws: error) {
                _ = try await opened.fileHistory(of: path, besides: { _ in "-" }, from: head)
            }
        }
    }

    @Test func findsGraftsOfLinkedWorktree() async throws {
        let repository = try origin()
        let head = try repository.git(["rev-parse", "HEAD"])
        let folder = repository.folder + "/.git/linked"
        try repository.git(["worktree", "add", "--quiet", "--detach", folder])
        try repository.write(".git/info/grafts", head)
        let file = repository.folder + "/.git/info/grafts"
        await #expect(throws: GitError.graftedHistory(file: file, commit: head)) {
            try await ScratchRepository(existing: folder).history(of: head)
        }
    }

    @Test func namesCauseOfHiddenAncestor() async throws {
        let origin = try origin()
        let shallow = try clone(origin, "--depth=1")
        await #expect(throws: GitError.hiddenAncestor("HEAD~1", graftsFile: nil)) {
            try await shallow.opened().commit(named: "HEAD~1")
        }
        await #expect(throws: GitError.unknownRevision("nothing")) {
            try await shallow.opened().commit(named: "nothing")
        }
        await #expect(throws: GitError.unknownRevision("HEAD~9")) { try await origin.opened().commit(named: "HEAD~9") }
        try origin.write(".git/info/grafts", try origin.git(["rev-parse", "HEAD"]))
        await #expect(throws: GitError.hiddenAncestor("HEAD^", graftsFile: origin.folder + "/.git/info/grafts")) {
            try await origin.opened().commit(named: "HEAD^")
        }
    }
}
