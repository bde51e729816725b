import Foundation
import Testing

@testable import RosterGit

@Suite("Merge bases")
struct MergeBaseTests {
    /// A commit with some parents, on no branch.
    private func commit(_ repository: ScratchRepository, _ name: String, _ parents: String...) throws -> String {
        let tree = try repository.git(["write-tree"])
        return try repository.git(["commit-tree", tree, "-m", name] + parents.flatMap { ["-p", $0] })
    }

    /// Two branches that have merged each other's first commit.
    private func crissCross(_ repository: ScratchRepository) throws -> (bases: [String], tips: [String]) {
        let root = try commit(repository, "root")
        let (one, other) = (try commit(repository, "one", root), try commit(repository, "other", root))
        let tips = [try commit(repository, "a", one, other), try commit(repository, "b", other, one)]
        return ([one, other].sorted(), tips)
    }

    @Test func findsAllOfThemInTheOrderOfTheirIDs() async throws {
        for format in ["sha1", "sha256"] {
            let repository = try ScratchRepository("--object-format=\(format)")
            let (bases, tips) = try crissCross(repository)
            let opened = try await repository.opened()
            #expect(try await opened.relation(of: tips[0], to: [tips[1]]) == .mergeBases(bases))
            #expect(try await opened.relation(of: tips[1], to: [tips[0]]) == .mergeBases(bases))
            #expect(try await opened.relation(of: bases[0], to: [tips[0]]) == .mergeBases([bases[0]]))
            #expect(try await opened.relation(of: tips[0], to: [tips[0]]) == .mergeBases([tips[0]]))
        }
    }

    @Test func knowsCompleteHistoriesWithoutACommonCommit() async throws {
        let repository = try ScratchRepository()
        let (one, other) = (try commit(repository, "one"), try commit(repository, "other"))
        #expect(try await repository.opened().relation(of: one, to: [other]) == .unrelated)
    }

    @Test func takesTheParentsOfAMergeInProgressTogether() async throws {
        let repository = try ScratchRepository()
        let first = try repository.commit(at: 1_700_000_000)
        try repository.git(["switch", "--quiet", "--create", "x"])
        try repository.write("x", "x")
        try repository.commit(at: 1_700_000_001)
        try repository.git(["switch", "--quiet", "main"])
        try repository.write("m", "m")
        let main = try repository.commit(at: 1_700_000_002)
        try repository.git(["switch", "--quiet", "x"])
        let before = try await repository.opened()
        #expect(try before.mergeHeads() == [])
        try repository.git(["merge", "--no-commit", "--no-ff", "main"])
        let opened = try await repository.opened()
        #expect(try opened.mergeHeads() == [main])
        let head = try #require(try await opened.head())
        #expect(try await opened.relation(of: main, to: [head]) == .mergeBases([first]))
        #expect(try await opened.relation(of: main, to: [head, main]) == .mergeBases([main]))
        try repository.write(".git/MERGE_HEAD", "not an id\n")
        #expect(throws: GitError.self) { try opened.mergeHeads() }
    }

    @Test func refusesMoreMergeBasesThanAreCompared() async throws {
        let repository = try ScratchRepository()
        let limit = GitRepository.mergeBaseLimit
        let root = try commit(repository, "root")
        let bases = try (0...limit).map { try commit(repository, "base \($0)", root) }
        func merge(_ name: String, _ parents: [String]) throws -> String {
            let tree = try repository.git(["write-tree"])
            return try repository.git(["commit-tree", tree, "-m", name] + parents.flatMap { ["-p", $0] })
        }
        let (one, other) = (try merge("one", bases), try merge("other", bases))
        let opened = try await repository.opened()
        await #expect(throws: GitError.tooManyMergeBases(limit: limit)) {
            try await opened.relation(of: one, to: [other])
        }
        let fewer = try merge("fewer", Array(bases.dropLast()))
        #expect(try await opened.relation(of: one, to: [fewer]) == .mergeBases(bases.dropLast().sorted()))
    }

    @Test func reportsMissingCommitOfAHistory() async throws {
        let repository = try ScratchRepository()
        let root = try commit(repository, "root")
        let (one, other) = (try commit(repository, "one", root), try commit(repository, "other", root))
        let file = "\(repository.folder)/.git/objects/\(root.prefix(2))/\(root.dropFirst(2))"
        try FileManager.default.removeItem(atPath: file)
        let opened = try await repository.opened()
        await #expect(throws: GitError.self) { try await opened.relation(of: one, to: [other]) }
    }

    /// A clone of `depth` commits of each branch.
    private func shallow(_ repository: ScratchRepository, depth: Int) throws -> ScratchRepository {
        let clone = FileManager.default.temporaryDirectory.appending(path: "roster-git-\(UUID().uuidString)").path
        let source = "file://\(repository.folder)"
        try repository.git(["clone", "--quiet", "--depth=\(depth)", "--no-single-branch", source, clone])
        return ScratchRepository(existing: clone)
    }

    @Test func acceptsShallowCloneWithTheDecidingCommits() async throws {
        let repository = try ScratchRepository()
        let root = try commit(repository, "root")
        let base = try commit(repository, "base", root)
        let (main, x) = (try commit(repository, "main", base), try commit(repository, "x", base))
        try repository.git(["update-ref", "refs/heads/main", main])
        try repository.git(["update-ref", "refs/heads/x", x])
        // Both tips and the merge base: its own parents are not needed.
        let two = try shallow(repository, depth: 2)
        #expect(try await two.opened().relation(of: main, to: [x]) == .mergeBases([base]))
        // The tips alone: they share a commit, and this clone does not have it.
        let one = try shallow(repository, depth: 1)
        let little = try await one.opened()
        await #expect(throws: GitError.shallowMergeBase) { try await little.relation(of: main, to: [x]) }
        #expect(try await little.relation(of: x, to: [x]) == .mergeBases([x]))
    }

    @Test func refusesOlderMergeBaseOfAShallowClone() async throws {
        // x has merged main's second commit, through a commit that the clone does not have.
        let repository = try ScratchRepository()
        let root = try commit(repository, "root")
        let second = try commit(repository, "second", root)
        let main = try commit(repository, "main", second)
        let merge = try commit(repository, "merge", root, second)
        let x = try commit(repository, "x", merge, root)
        try repository.git(["update-ref", "refs/heads/main", main])
        try repository.git(["update-ref", "refs/heads/x", x])
        let clone = try shallow(repository, depth: 3)
        let opened = try await clone.opened()
        #expect(try await opened.relation(of: main, to: [x]) == .mergeBases([second]))
        // The same clone cut at the merge: git finds the root, by the other way.
        try clone.write(".git/shallow", merge + "\n")
        #expect(try clone.git(["merge-base", main, x]) == root)
        await #expect(throws: GitError.shallowMergeBase) { try await opened.relation(of: main, to: [x]) }
    }

    @Test func refusesSeveralMergeBasesOfAShallowClone() async throws {
        let repository = try ScratchRepository()
        let (bases, tips) = try crissCross(repository)
        try repository.git(["update-ref", "refs/heads/main", tips[0]])
        try repository.git(["update-ref", "refs/heads/x", tips[1]])
        let clone = try shallow(repository, depth: 2)
        let opened = try await clone.opened()
        await #expect(throws: GitError.shallowMergeBase) { try await opened.relation(of: tips[0], to: [tips[1]]) }
        let complete = try shallow(repository, depth: 9)
        #expect(try await complete.opened().relation(of: tips[0], to: [tips[1]]) == .mergeBases(bases))
    }

    @Test func namesGraftsThatChangeTheHistory() async throws {
        let repository = try ScratchRepository()
        let root = try commit(repository, "root")
        let (one, other) = (try commit(repository, "one", root), try commit(repository, "other", root))
        try repository.write(".git/info/grafts", one + "\n")
        let opened = try await repository.opened()
        let file = repository.folder + "/.git/info/grafts"
        await #expect(throws: GitError.graftedHistory(file: file, commit: one)) {
            try await opened.relation(of: one, to: [other])
        }
    }
}

@Suite("The base of a branch")
struct ImpliedBaseTests {
    /// A repository, and a clone of it on the branch `x`.
    private func cloned() throws -> (origin: ScratchRepository, clone: ScratchRepository, commit: String) {
        let origin = try ScratchRepository()
        let commit = try origin.commit(at: 1_700_000_000)
        let folder = FileManager.default.temporaryDirectory.appending(path: "roster-git-\(UUID().uuidString)").path
        try origin.git(["clone", "--quiet", origin.folder, folder])
        let clone = ScratchRepository(existing: folder)
        try clone.git(["switch", "--quiet", "--create", "x"])
        return (origin, clone, commit)
    }

    @Test func isTheDefaultBranchAndNotTheBranchesOwnCopy() async throws {
        let (origin, clone, commit) = try cloned()
        let main = ImpliedBase(name: "origin/main", tip: commit)
        #expect(try await clone.opened().impliedBase() == main)
        try clone.commit(at: 1_700_000_001)
        try clone.git(["push", "--quiet", "--set-upstream", "origin", "x"])
        #expect(try await clone.opened().impliedBase() == main)
        // A copy in a fork is a copy too.
        try clone.git(["remote", "add", "fork", origin.folder])
        try clone.git(["fetch", "--quiet", "fork"])
        try clone.git(["branch", "--quiet", "--set-upstream-to=fork/x"])
        #expect(try await clone.opened().impliedBase() == main)
        // A branch with another name is not one, be it of a remote or of this clone.
        try clone.git(["branch", "--quiet", "--set-upstream-to=fork/main"])
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "fork/main", tip: commit))
        try clone.git(["branch", "--quiet", "--set-upstream-to=main"])
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "main", tip: commit))
        // Without a branch there is no upstream.
        try clone.git(["switch", "--quiet", "--detach"])
        #expect(try await clone.opened().impliedBase() == main)
    }

    @Test func usesOnlyFullNames() async throws {
        let (_, clone, commit) = try cloned()
        let later = try clone.commit(at: 1_700_000_001)
        for name in ["refs/tags/origin/main", "refs/heads/origin/main", "refs/tags/refs/remotes/origin/main"] {
            try clone.git(["update-ref", name, later])
        }
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "origin/main", tip: commit))
        try clone.git(["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"])
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "origin/main", tip: commit))
        // A branch of the remote that is called HEAD can be pushed by everybody.
        try clone.git(["update-ref", "--no-deref", "refs/remotes/origin/HEAD", later])
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "origin/main", tip: commit))
        try clone.git(["update-ref", "refs/remotes/origin/master", commit])
        try clone.git(["update-ref", "-d", "refs/remotes/origin/main"])
        #expect(try await clone.opened().impliedBase() == ImpliedBase(name: "origin/master", tip: commit))
        try clone.git(["update-ref", "-d", "refs/remotes/origin/master"])
        #expect(try await clone.opened().impliedBase() == nil)
        // The link of the remote leads nowhere, or out of the remote.
        try clone.git(["update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD"])
        try clone.git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone"])
        #expect(try await clone.opened().impliedBase() == nil)
        try clone.git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/x"])
        #expect(try await clone.opened().impliedBase() == nil)
    }

    @Test func distinguishesDamagedFromUnbornHead() async throws {
        let repository = try ScratchRepository()
        #expect(try await repository.opened().head() == nil)
        try repository.commit(at: 1_700_000_000)
        for damage in ["", "garbage\n", String(repeating: "1", count: 40) + "\n"] {
            try repository.write(".git/refs/heads/main", damage)
            let opened = try await repository.opened()
            await #expect(throws: GitError.self, "\(damage)") { try await opened.head() }
        }
    }
}
