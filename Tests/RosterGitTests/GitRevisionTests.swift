import Foundation
import Testing

@testable import RosterGit

struct GitRevisionTests {
    @Test func resolvesBranchesTagsIDsAndExpressions() async throws {
        let repository = try ScratchRepository()
        let first = try repository.commit(at: 1)
        let second = try repository.commit(at: 2)
        try repository.git(["tag", "--annotate", "-m", "one", "v1", first])
        let opened = try await repository.opened()
        for (name, commit) in [
            ("main", second), ("HEAD", second), ("HEAD~1", first), ("v1", first), (String(first.prefix(12)), first),
            ("refs/heads/main", second), ("main^{/change}", second),
        ] {
            #expect(try await opened.commit(named: name) == commit, "\(name)")
        }
    }

    @Test(
        arguments: [
            "nosuch", "", "-x", "--all", "--output=/dev/null", "HEAD..HEAD", "HEAD:roster.yaml", "HEAD^{tree}",
            "--end-of-options", "HEAD\n", ":/", "@{u}", "^HEAD",
        ]
    )
    func rejectsUnknownRevisions(_ name: String) async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "")
        try repository.commit(at: 1)
        let opened = try await repository.opened()
        await #expect(throws: GitError.unknownRevision(name)) { try await opened.commit(named: name) }
    }

    @Test func rejectsTagNamedLikeARemoteBranch() async throws {
        let repository = try ScratchRepository()
        let first = try repository.commit(at: 1)
        let second = try repository.commit(at: 2)
        try repository.git(["update-ref", "refs/remotes/origin/main", first])
        let opened = try await repository.opened()
        #expect(try await opened.commit(named: "origin/main") == first)
        try repository.git(["tag", "origin/main", second])
        await #expect(
            throws: GitError.ambiguousRevision(
                "origin/main",
                fullNames: ["refs/tags/origin/main", "refs/remotes/origin/main"]
            )
        ) { try await opened.commit(named: "origin/main") }
        #expect(try await opened.commit(named: "refs/remotes/origin/main") == first)
    }

    @Test(arguments: ["main~0", "main^0", "main^{commit}", "main^{}", "main^{tree}", "main^{/change}", "main:"])
    func rejectsTagNamedLikeABranchInExpressions(_ revision: String) async throws {
        let repository = try ScratchRepository()
        let first = try repository.commit(at: 1)
        try repository.write("roster.yaml", "")
        try repository.commit(at: 2)
        try repository.git(["tag", "main", first])
        let opened = try await repository.opened()
        let error = GitError.ambiguousRevision("main", fullNames: ["refs/tags/main", "refs/heads/main"])
        await #expect(throws: error) { try await opened.commit(named: revision) }
        await #expect(throws: error) { try await opened.treeID(named: revision) }
        #expect(try await opened.commit(named: "refs/tags/main^0") == first)
    }

    @Test(arguments: ["HEAD^{tree}", "HEAD:roster.yaml"], [false, true])
    func rejectsTagOfATreeOrFileNamedLikeABranch(_ object: String, _ isAnnotated: Bool) async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "")
        try repository.commit(at: 1)
        try repository.git(["tag"] + (isAnnotated ? ["-a", "-m", "tag"] : []) + ["main", object])
        let opened = try await repository.opened()
        let error = GitError.ambiguousRevision("main", fullNames: ["refs/tags/main", "refs/heads/main"])
        await #expect(throws: error) { try await opened.commit(named: "main") }
        await #expect(throws: error) { try await opened.treeID(named: "main") }
    }

    @Test func rejectsRefNamedLikeAnAbbreviatedID() async throws {
        let repository = try ScratchRepository()
        let first = try repository.commit(at: 1)
        let second = try repository.commit(at: 2)
        let opened = try await repository.opened()
        let short = String(first.prefix(10))
        #expect(try await opened.commit(named: short) == first)
        try repository.git(["tag", "-a", "-m", "tag", short, second])
        await #expect(throws: GitError.ambiguousRevision(short, fullNames: ["refs/tags/\(short)", first])) {
            try await opened.commit(named: short)
        }
        try repository.git(["tag", "--force", short, first])
        #expect(try await opened.commit(named: short) == first)
        // Git never takes a whole id for a name.
        try repository.git(["update-ref", "refs/tags/\(first)", second])
        #expect(try await opened.commit(named: first) == first)
    }

    @Test func hasNoHeadBeforeTheFirstCommit() async throws {
        let repository = try ScratchRepository()
        #expect(try await repository.opened().head() == nil)
    }

    @Test func findsNearestGitFolder() throws {
        let repository = try ScratchRepository()
        try repository.write("a/b/file", "")
        #expect(GitTopLevel(of: repository.folder)?.prefix == "")
        #expect(GitTopLevel(of: repository.folder + "/a/b")?.prefix == "a/b/")
        #expect(GitTopLevel(of: repository.folder + "/a/b")?.folder == repository.folder)
    }

    @Test func rejectsInvalidGitFolder() async throws {
        let repository = try ScratchRepository()
        try repository.remove(".git/HEAD")
        await #expect {
            try await repository.opened()
        } throws: { error in
            if case .notARepository = error as? GitError { true } else { false }
        }
    }
}
