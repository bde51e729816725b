import Foundation
import RosterTestSupport
import Testing

/// `check --staged` and `diff --staged` read the files of git's index, which the next commit will contain.
struct StagedProgramTests {
    /// A git repository with a valid registry that is staged and not committed.
    private static func repository(in subfolder: String = "") throws -> ReviewRepository {
        let repository = try ReviewRepository()
        let prefix = subfolder.isEmpty ? "" : subfolder + "/"
        let files = try ScratchFolder.repository()
        for path in ["roster.yaml", "providers/acme/local.yaml"] {
            try repository.folder.write(prefix + path, try files.read(path))
        }
        try repository.program.tool("git", "add", "--all")
        return repository
    }

    private static let broken = ScratchFolder.provider.replacingOccurrences(of: "ollama", with: "olama")

    @Test func checksIndexNotWorkingTree() async throws {
        let repository = try Self.repository()
        try repository.folder.write("providers/acme/local.yaml", Self.broken)
        #expect(try await repository.program.run("check").exitCode == 1)
        let staged = try await repository.program.run("check", "--staged", "--strict")
        #expect(staged.exitCode == 0, "\(staged.output)\(staged.error)")
        try repository.program.tool("git", "add", "--all")
        try repository.folder.write("providers/acme/local.yaml", ScratchFolder.provider)
        #expect(try await repository.program.run("check").exitCode == 0)
        let run = try await repository.program.run("check", "--staged", "--format", "json")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("unknown-provider-slug"))
    }

    @Test func printsPathsRelativeToGitTopLevel() async throws {
        let repository = try Self.repository(in: "registry")
        try repository.folder.write("registry/providers/acme/local.yaml", Self.broken)
        try repository.program.tool("git", "add", "--all")
        let run = try await repository.program.run("check", "--staged", "--repo", "registry")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("registry/providers/acme/local.yaml:3:11"), "\(run.output)")
        // The registry does not have to be in the working tree.
        try repository.program.tool("rm", "-r", "registry/providers", "registry/roster.yaml")
        #expect(try await repository.program.run("check", "--staged", "--repo", "registry").exitCode == 1)
    }

    @Test func readsIndexOfGitHookEnvironment() async throws {
        var repository = try Self.repository()
        try repository.program.tool("git", "commit", "--quiet", "-m", "base")
        try repository.program.tool("cp", ".git/index", ".git/next-index")
        try repository.folder.write("providers/acme/local.yaml", Self.broken)
        try repository.program.tool("git", "add", "--all")
        #expect(try await repository.program.run("check", "--staged").exitCode == 1)
        repository.program.environment["GIT_INDEX_FILE"] = ".git/next-index"
        #expect(try await repository.program.run("check", "--staged").exitCode == 0)
        // The other variables that git sets for hooks have no effect.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EDITOR"] {
            repository.program.environment[name] = "nowhere/"
        }
        #expect(try await repository.program.run("check", "--staged").exitCode == 0)
        // The variable does not affect other sources.
        #expect(try await repository.program.run("check").exitCode == 1)
        #expect(try await repository.program.run("check", "--rev", "HEAD").exitCode == 0)
    }

    @Test func reportsMissingIndexForCheck() async throws {
        let outside = try ScratchFolder.repository()
        var run = try await RosterProgram(folder: outside.path).run("check", "--staged")
        #expect(run.exitCode == 3)
        #expect(run.error.contains("is in no git repository, so nothing is staged") && run.error.contains("git init"))

        let repository = try Self.repository()
        try repository.program.tool("git", "rm", "--quiet", "--cached", "roster.yaml")
        run = try await repository.program.run("check", "--staged")
        #expect(run.exitCode == 3)
        #expect(
            run.error == "error: there is no roster.yaml in the index\n  help: stage it: git add roster.yaml\n"
        )
        try repository.folder.write(".git/index", "")
        run = try await repository.program.run("check", "--staged")
        #expect(run.exitCode == 3)
        #expect(run.error.contains("cannot be read: .git/index: index file smaller than expected"), "\(run.error)")

        let bare = try ScratchFolder()
        try RosterProgram(folder: bare.path).tool("git", "init", "--quiet", "--bare")
        run = try await RosterProgram(folder: bare.path).run("check", "--staged")
        #expect(run.exitCode == 3)
        #expect(run.error.contains("is a bare repository, which has no index"), "\(run.error)")
    }

    @Test func rejectsConflicts() async throws {
        let repository = try Self.repository()
        try repository.program.tool("git", "commit", "--quiet", "-m", "base")
        let object = try repository.program.tool("git", "rev-parse", ":roster.yaml").output
            .trimmingCharacters(in: .newlines)
        let lines = (1...5).flatMap { file in (1...3).map { "100644 \(object) \($0)\tfile-\(file)\n" } }
        try repository.program.tool("git", "update-index", "--index-info", input: Data(lines.joined().utf8))
        let run = try await repository.program.run("check", "--staged")
        #expect(run.exitCode == 3)
        let message = "the index has conflicts that are not resolved: file-1, file-2, file-3 and 2 more"
        #expect(run.error.hasPrefix("error: \(message)\n"), "\(run.error)")
        #expect(run.error.contains("git add"))
    }

    @Test func comparesIndexWithRevision() async throws {
        let repository = try Self.repository()
        var run = try await repository.program.run("diff", "--staged", "--fail-on", "critical", "--format", "json")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(run.error == "comparing the empty tree with the index\n")
        #expect(run.output.contains(#""handle": "acme/local""#))
        try repository.program.tool("git", "commit", "--quiet", "-m", "base")
        let base = try repository.head()
        run = try await repository.program.run("diff", "--staged", "--fail-on", "low")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(run.error == "comparing HEAD (merge base \(base.prefix(7))) with the index\n")

        let provider = "providers/acme/local.yaml"
        let changed = ScratchFolder.provider.replacingOccurrences(of: "llama3.2", with: "llama4")
        try repository.folder.write(provider, changed)
        #expect(try await repository.program.run("diff", "--staged", "--detailed-exitcode").exitCode == 0)
        try repository.folder.write(".envrc", "export A=1\n")
        try repository.program.tool("git", "add", "--all")
        try repository.folder.write(provider, ScratchFolder.provider)
        try repository.program.tool("rm", ".envrc")
        #expect(try await repository.changes("--staged").map { $0["risk"] as? String } == ["critical", "medium"])
        #expect(try await repository.changes("HEAD").isEmpty)
        #expect(try await repository.program.run("diff", "--staged", "--fail-on", "critical").exitCode == 1)
        let review = try await repository.review("--staged")
        #expect((review["plan"] as? String)?.count == 12)
        #expect((review["head"] as? [String: Any])?["commit"] is NSNull)

        // The base is the merge base with the checked-out commit, as for the working tree.
        try repository.program.tool("git", "branch", "side")
        try repository.program.tool("git", "commit", "--quiet", "-m", "second")
        try repository.program.tool("git", "reset", "--quiet", "--hard")
        try repository.program.tool("git", "switch", "--quiet", "side")
        run = try await repository.program.run("diff", "--staged", "main", "--detailed-exitcode")
        #expect(run.exitCode == 0 && run.error == "comparing main (merge base \(base.prefix(7))) with the index\n")
        run = try await repository.program.run("diff", "--staged", "--exact", "main", "--detailed-exitcode")
        #expect(run.exitCode == 2 && run.error.hasPrefix("comparing exactly main ("))
    }

    @Test(arguments: [["HEAD", "HEAD"], ["HEAD..HEAD"], ["HEAD...HEAD"], [".."]])
    func rejectsSecondRevision(_ revisions: [String]) async throws {
        let repository = try Self.repository()
        let run = try await repository.program.run(["diff", "--staged"] + revisions)
        #expect(run.exitCode == 64)
        #expect(run.error.contains("roster diff --staged BASE"), "\(run.error)")
    }

    @Test func reportsMissingIndexForDiff() async throws {
        let outside = try ScratchFolder.repository()
        var run = try await RosterProgram(folder: outside.path).run("diff", "--staged")
        #expect(run.exitCode == 3 && run.error.contains("git init"), "\(run.error)")
        let bare = try ScratchFolder()
        try RosterProgram(folder: bare.path).tool("git", "init", "--quiet", "--bare")
        run = try await RosterProgram(folder: bare.path).run("diff", "--staged")
        #expect(run.exitCode == 3 && run.error.contains("is a bare repository, which has no index"), "\(run.error)")
        let repository = try Self.repository()
        try repository.folder.write(".git/index", "")
        run = try await repository.program.run("diff", "--staged")
        #expect(run.exitCode == 3 && run.error.contains("cannot be read: .git/index"), "\(run.error)")
    }

    @Test(arguments: [["--rev", "HEAD"], ["--fix"]])
    func rejectsOptionsThatSelectAnotherSource(_ options: [String]) async throws {
        let repository = try Self.repository()
        #expect(try await repository.program.run(["check", "--staged"] + options).exitCode == 64)
    }
}
