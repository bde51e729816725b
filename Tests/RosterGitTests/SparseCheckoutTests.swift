import Foundation
import RosterSources
import Testing

@testable import RosterGit

@Suite("Sparse checkouts")
struct SparseCheckoutTests {
    private let registry = ["reg/roster.yaml", "reg/providers", "reg/secrets"]

    /// A repository with a registry in a folder, and other files.
    private func origin() throws -> ScratchRepository {
        let repository = try ScratchRepository()
        for path in [
            "reg/roster.yaml", "reg/providers/acme/a.yaml", "reg/providers-old/x", "src/x", ".github/w/a.yaml",
        ] {
            try repository.write(path, "a\n")
        }
        try repository.commit(at: 100)
        return repository
    }

    private func first(_ repository: ScratchRepository) async throws -> String? {
        try await checkout(repository).firstEntry(below: registry)?.path
    }

    private func checkout(_ repository: ScratchRepository) async throws -> SparseCheckout {
        let topLevel = try await repository.opened().topLevel
        return SparseCheckout(of: topLevel) { ProcessInfo.processInfo.environment[$0] }
    }

    @Test("Finds patterns that leave out a part of the registry")
    func findsRegistryFiles() async throws {
        let repository = try origin()
        #expect(try await first(repository) == nil)
        for (arguments, expected) in [
            (["--cone", "src"], "reg/providers/acme/a.yaml"),
            (["--cone", "reg/providers-old"], "reg/providers/acme/a.yaml"),
            (["--cone", "--sparse-index", "src"], "reg/providers/acme/a.yaml"), (["--cone", "reg"], nil),
            (["--cone", "--sparse-index", "reg"], nil), (["--no-cone", "/*", "!*.yaml"], "reg/providers/acme/a.yaml"),
            (["--no-cone", "/*", "!roster.yaml"], "reg/roster.yaml"), (["--no-cone", "/*", "!/src"], nil),
        ] as [([String], String?)] {
            try repository.git(["sparse-checkout", "set"] + arguments)
            #expect(try await first(repository) == expected, "\(arguments)")
        }
        try repository.git(["sparse-checkout", "disable"])
        #expect(try await checkout(repository).entries().isEmpty)
    }

    @Test("Finds the bit in every format of the index", arguments: ["2", "3", "4", "split"])
    func readsEveryIndexFormat(format: String) async throws {
        let repository = try origin()
        if format == "split" {
            try repository.git(["update-index", "--split-index"])
        } else {
            try repository.git(["update-index", "--index-version", format])
        }
        #expect(try await first(repository) == nil)
        try repository.git(["update-index", "--skip-worktree", "src/x"])
        #expect(try await first(repository) == nil)
        try repository.git(["update-index", "--skip-worktree", "reg/providers/acme/a.yaml"])
        #expect(try await first(repository) == "reg/providers/acme/a.yaml")
        let entries = try await checkout(repository).entries()
        let object = try repository.git(["rev-parse", "HEAD:src/x"])
        #expect(entries.map(\.path) == ["reg/providers/acme/a.yaml", "src/x"])
        #expect(entries.allSatisfy { $0.kind == .file && $0.object == object })
        // The remedy in the message helps.
        try repository.git(["sparse-checkout", "disable"])
        #expect(try await first(repository) == nil)
    }

    @Test func asksGitOnlyForIndexesThatCanHaveTheBit() async throws {
        let repository = try origin()
        let topLevel = try await repository.opened().topLevel
        #expect(!SparseCheckout.isPossible(in: topLevel))
        try repository.git(["update-index", "--skip-worktree", "src/x"])
        #expect(SparseCheckout.isPossible(in: topLevel))
        // Git reports a damaged index.
        try repository.write(".git/index", "DIRC")
        #expect(SparseCheckout.isPossible(in: topLevel))
        await #expect(throws: GitError.self) { _ = try await first(repository) }
        try repository.remove(".git/index")
        #expect(!SparseCheckout.isPossible(in: topLevel))
    }

    @Test func readsIndexOfLinkedWorktreesAndSubmodules() async throws {
        let repository = try origin()
        let linked = ScratchRepository(existing: repository.folder + "/.git/linked")
        try repository.git(["worktree", "add", "--quiet", "--detach", linked.folder])
        #expect(try await !SparseCheckout.isPossible(in: linked.opened().topLevel))
        try linked.git(["update-index", "--skip-worktree", "reg/roster.yaml"])
        #expect(try await first(linked) == "reg/roster.yaml")
        #expect(try await first(repository) == nil)
        let outer = try ScratchRepository()
        try outer.git(
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://" + repository.folder, "sub"]
        )
        let inner = ScratchRepository(existing: outer.folder + "/sub")
        #expect(try await !SparseCheckout.isPossible(in: inner.opened().topLevel))
        try inner.git(["update-index", "--skip-worktree", "reg/roster.yaml"])
        #expect(try await first(inner) == "reg/roster.yaml")
    }

    @Test func addsFilesThatAreLeftOut() async throws {
        let repository = try origin()
        try repository.git(["sparse-checkout", "set", "--no-cone", "/*", "!/.github"])
        let opened = try await repository.opened()
        let base = WorkingTree(root: repository.folder)
        #expect(try await names(base, "").contains(".github") == false)
        let tree = SparseTree(base, adding: try await checkout(repository).entries(), from: opened)
        #expect(try await names(tree, "") == [".git", ".github", "reg", "src"])
        #expect(try await names(tree, ".github") == ["w"])
        let file = try #require(try await tree.list([TreeFolder(path: ".github/w")], limit: 10)[0].get().first)
        #expect(file.object == (try repository.git(["rev-parse", "HEAD:.github/w/a.yaml"])))
        var texts: [String?] = []
        let files = [
            TreeFile(folder: ".github/w", name: "a.yaml", object: file.object, limit: 10),
            TreeFile(folder: "src", name: "x", limit: 10),
        ]
        try await tree.read(files[...]) { texts.append($1.text) }
        #expect(texts == ["a\n", "a\n"])
        // An existing file is read from the working tree.
        try repository.write(".github/w/a.yaml", "changed\n")
        try repository.git(["config", "sparse.expectFilesOutsideOfPatterns", "true"])
        let entries = try await checkout(repository).entries()
        #expect(entries.count == 1)
        let present = try await SparseTree(base, adding: entries, from: opened)
            .list([TreeFolder(path: ".github/w")], limit: 10)[0].get()
        #expect(present.map(\.object) == [nil])
    }

    private func names(_ tree: some SourceTree, _ folder: String) async throws -> [String] {
        try await tree.list([TreeFolder(path: folder)], limit: 100)[0].get().map(\.name)
    }
}
