import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

@Suite("roster diff")
struct DiffProgramTests {
    private static let provider = RiskExample.provider

    /// A repository with one commit, and another model in the working tree.
    private func changed() throws -> ReviewRepository {
        let repository = try ReviewRepository()
        try repository.commit(TextOnly.example.base)
        try repository.folder.write(Self.provider, RuleExample.provider.replacing("gpt-5.6\n", with: "gpt-5.4\n"))
        return repository
    }

    private func rules(_ changes: [[String: Any]]) -> Set<String> {
        let reasons = changes.map { $0["reasons"] as? [String] ?? [] }.joined()
        return Set(reasons.map { String($0.prefix { $0 != ":" }) })
    }

    @Test func failOnOverridesDetailedExitCode() async throws {
        let repository = try changed()
        _ = try await repository.diff("HEAD", exit: 0)
        _ = try await repository.diff("HEAD", "--detailed-exitcode", exit: 2)
        _ = try await repository.diff("HEAD", "--fail-on", "medium", exit: 1)
        _ = try await repository.diff("HEAD", "--fail-on", "high", exit: 0)
        _ = try await repository.diff("HEAD", "--fail-on", "low", "--detailed-exitcode", exit: 1)
        _ = try await repository.diff("HEAD", "--fail-on", "critical", "--detailed-exitcode", exit: 2)
        _ = try await repository.diff("HEAD", "HEAD", "--fail-on", "low", "--detailed-exitcode", exit: 0)
        _ = try await repository.diff("HEAD", "--fail-on", "grave", exit: 64)
        _ = try await repository.diff("nosuch", exit: 3)
    }

    @Test func comparesTagsBranchesCommitsTreesAndWorkingTree() async throws {
        let repository = try changed()
        let first = try repository.head()
        try repository.program.tool("git", "tag", "-a", "-m", "x", "v1")
        let second = try repository.commitAll()
        let tree = try repository.program.tool("git", "rev-parse", "HEAD^{tree}").output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        for base in ["v1", first, String(first.prefix(8)), "HEAD~1", "main~1", "refs/tags/v1"] {
            for head in [[], ["HEAD"], ["main"], [second], [tree]] {
                let run = try await repository.program.run(["diff", base] + head)
                #expect(run.output.contains("1 change: 1 medium\n"), "\(base) \(head) \(run)")
            }
        }
        let empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        let added = try await repository.changes(empty, "HEAD")
        #expect(Set(added.compactMap { $0["action"] as? String }) == ["added"])
        #expect(Set(added.compactMap { $0["kind"] as? String }) == ["provider", "secret", "project", "sealing-key"])
        let deleted = try await repository.changes("HEAD", empty)
        #expect(Set(deleted.compactMap { $0["action"] as? String }) == ["deleted"])
        #expect(deleted.count == added.count + 1 && rules(deleted).contains("roster-removed"))
        _ = try await repository.diff(empty, empty, exit: 3)
        let sides = try await repository.review(first, tree)
        #expect((sides["base"] as? [String: Any])?["commit"] as? String == first)
        #expect((sides["head"] as? [String: Any])?["commit"] is NSNull)
    }

    @Test func reportsDigestsOfCompiledRegistries() async throws {
        let repository = try changed()
        let first = try repository.head()
        let second = try repository.commitAll()
        let review = try await repository.review(first, second)
        for (side, commit) in [("base", first), ("head", second)] {
            let registry = try await repository.program.run("compile", "--rev", commit).output
            let digest = try repository.program.tool(["sha256sum"], input: Data(registry.utf8)).output.prefix(64)
            #expect((review[side] as? [String: Any])?["digest"] as? String == "sha256:\(digest)")
        }
    }

    @Test func comparesReadableRecordsOfInvalidSide() async throws {
        let repository = try ReviewRepository()
        var files = ProviderAdded.example.head
        files["providers/acme/broken.yaml"] = "id: [\n"
        let broken = try repository.commit(files)
        files[Self.provider] = files[Self.provider]?.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        files["providers/acme/broken.yaml"] = "id: [[\n"
        let alsoBroken = try repository.commit(files)
        files["providers/acme/broken.yaml"] = nil
        let whole = try repository.commit(files)
        let text = try await repository.diff(broken, alsoBroken)
        #expect(text.hasPrefix("note: the base has 1 error, and its readable records are compared\n"))
        #expect(text.contains("note: the head has 1 error"))
        #expect(text.contains("gpt-5.6 → gpt-5.4") && text.contains("cannot be read on either side"))
        let review = try await repository.review(broken, whole)
        #expect((review["diagnostics"] as? [String: Int]) == ["base": 1, "head": 0])
        #expect((review["base"] as? [String: Any])?["digest"] is NSNull)
        #expect(rules(try await repository.changes(broken, whole)) == ["default-model-changed", "unreadable-record"])
        // An unreadable roster.yaml does not count as deletions.
        files["roster.yaml"] = "roster: [\n"
        let without = try repository.commit(files)
        let rows = try await repository.changes(whole, without)
        #expect(rows.count == 1 && rules(rows) == ["unreadable-record"] && rows[0]["path"] as? String == "roster.yaml")
        #expect(rows.first?["risk"] as? String == "critical")
    }

    @Test func repairedFileIsNotReportedAsAdded() async throws {
        let repository = try ReviewRepository()
        let files = TextOnly.example.base
        try repository.commit(files)
        for (path, rule) in [("roster.yaml", "unreadable-record"), (RiskExample.secret, "secret-returned")] {
            let broken = try repository.commit(files.merging([path: "id: [\n"]) { $1 })
            let rows = try await repository.changes(broken, try repository.commit(files))
                .filter { $0["path"] as? String == path }
            #expect(rows.count == 1 && rows[0]["risk"] as? String == "critical", "\(path)")
            #expect(rules(rows).contains(rule), "\(path)")
        }
    }

    @Test func unreadableRecordIsHighRisk() async throws {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        let base = try repository.commit(files)
        files[RiskExample.secret] = files[RiskExample.secret]?
            .replacing("[api.openai.com]", with: "[api.openai.com, \"https://evil.example\"]")
            .replacing("generation: 1", with: "generation: 2").replacing("BBBB", with: "DDDD")
        let rows = try await repository.changes(base, try repository.commit(files))
        #expect(rows.count == 1 && rows[0]["risk"] as? String == "high" && rules(rows).contains("unreadable-record"))
        files = TextOnly.example.base
        files["roster.yaml"]?.append("access:\n  policies:\n    open:\n      - effect: allow\n")
        let access = try await repository.changes(base, try repository.commit(files))
        #expect(rules(access).contains("unreadable-record"))
    }

    @Test func reportsOnlyRecordOfUnreadableFile() async throws {
        let repository = try ReviewRepository()
        let base = try repository.commit(UnreadableRecord.example.base)
        let head = try repository.commit(UnreadableRecord.example.head)
        let rows = try await repository.changes(base, head)
        #expect(rows.count == 1 && rows[0]["action"] as? String == "changed" && rows[0]["risk"] as? String == "high")
        #expect(rows[0]["id"] as? String == "aip_8QzKx0vT2mWb4NcR")
    }

    @Test func doesNotModifyWorkingTreeOrIndex() async throws {
        let repository = try changed()
        let before = try repository.program.tool("find", ".", "-type", "f").output
        let index = try repository.program.tool("sha256sum", ".git/index").output
        _ = try await repository.diff("HEAD", "--format", "markdown")
        _ = try await repository.diff("HEAD", "HEAD")
        #expect(try repository.program.tool("find", ".", "-type", "f").output == before)
        #expect(try repository.program.tool("sha256sum", ".git/index").output == index)
    }

    @Test func comparesBranchWithMergeBaseOfUpstream() async throws {
        let repository = try ReviewRepository()
        try repository.commit(SealingKeyRetired.example.base)
        try repository.program.tool("git", "branch", "feature")
        // The target advances: a provider is added, and a key is retired.
        var files = SealingKeyRetired.example.head
        files["providers/acme/local.yaml"] = RuleExample.ollama()
        try repository.commit(files, "target")
        try repository.program.tool("git", "update-ref", "refs/remotes/origin/main", "main")
        // A tag of that name must not take precedence.
        try repository.program.tool("git", "tag", "origin/main", "feature")
        try repository.program.tool("git", "checkout", "--quiet", "feature")
        try repository.folder.write(Self.provider, RuleExample.provider.replacing("gpt-5.6\n", with: "gpt-5.4\n"))
        let rows = try await repository.changes()
        // Changes of the target to providers and keys are not changes of the branch, and a merge keeps them.
        #expect(rules(rows) == ["default-model-changed"])
        #expect(try await repository.diff().contains("the tip of the target branch"))
        // The upstream of the branch takes precedence.
        try repository.program.tool("git", "branch", "--quiet", "--set-upstream-to=main", "feature")
        #expect(rules(try await repository.changes()) == ["default-model-changed"])
    }

    @Test func rejectsFailOnWithoutBase() async throws {
        let repository = try changed()
        let run = try await repository.program.run("diff", "--fail-on", "low")
        #expect(run.exitCode == 3 && run.error.contains("name the base: roster diff BASE"))
        let ungated = try await repository.program.run("diff")
        #expect(ungated.exitCode == 0 && ungated.output.hasSuffix("no changes\n"))
        #expect(ungated.output.hasPrefix("note: there is nothing to compare with"))
        let bare = try ScratchFolder.repository()
        #expect(try await RosterProgram(folder: bare.path).run("diff").exitCode == 3)
    }

    @Test func comparesInShallowClone() async throws {
        let repository = try changed()
        let first = try repository.head()
        let second = try repository.commitAll()
        let clone = try ScratchFolder()
        let program = try repository.shallowClone(depth: 2, in: clone)
        #expect(try await program.run("diff", first, second).output.contains("1 change: 1 medium\n"))
    }

    @Test func comparesRegistryInSubfolder() async throws {
        let repository = try ReviewRepository()
        var files: [String: String] = [".gitattributes": "x\n", "other/roster.txt": "x"]
        for (path, text) in TextOnly.example.base { files["registry/" + path] = text }
        let base = try repository.commit(files)
        files["registry/" + Self.provider] = RuleExample.provider.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        files["registry/secrets/acme/.gitattributes"] = "* -diff\n"
        files["docs/CODEOWNERS"] = "* @me\n"
        files["other/.gitignore"] = "x\n"
        let head = try repository.commit(files)
        let run = try await repository.program.run(
            "diff",
            base,
            head,
            "--repo",
            repository.folder.path + "/registry",
            "--format",
            "github"
        )
        #expect(run.output.contains("file=registry/providers/acme/gpt-4o.yaml,line=4"))
        #expect(run.output.contains("file=docs/CODEOWNERS,line=1"))
        #expect(run.output.contains("file=registry/secrets/acme/.gitattributes,line=1"))
        #expect(run.output.split(separator: "\n").count == 4)
    }
}
