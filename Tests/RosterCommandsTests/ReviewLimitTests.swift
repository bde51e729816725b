import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// Changes that are too large to show, or that cannot be reviewed completely.
@Suite("roster diff: limits")
struct ReviewLimitTests {
    private let deleted = "secrets/acme/openai-prod.yaml"

    @Test func showsRedirectedKeyDespiteManyGuardedFiles() async throws {
        let repository = try ReviewRepository()
        var head = KeyDestinationChanged.example.head
        for number in 0..<700 { head[".github/f/\(number)"] = "x\n" }
        let commits = (try repository.commit(KeyDestinationChanged.example.base), try repository.commit(head))
        for format in ["text", "markdown", "github", "json"] {
            let output = try await repository.diff(commits.0, commits.1, "--format", format)
            #expect(output.contains("key-destination-changed"), "\(format)")
        }
        let markdown = try await repository.diff(
            commits.0,
            commits.1,
            "--format",
            "markdown",
            "--fail-on",
            "high",
            exit: 1
        )
        #expect(markdown.contains("| **critical** | **700 files** added<br>`.github/f/0`, "))
        #expect(markdown.contains(" and 692 more | they decide how changes are reviewed, shown or checked |\n"))
        let paths = try await repository.changes(commits.0, commits.1).compactMap { $0["path"] as? String }
        #expect(paths.count { $0.hasPrefix(".github/f/") } == 700)
    }

    @Test func failsWhenHighRiskRowsAreOmitted() async throws {
        let repository = try ReviewRepository()
        var base = TextOnly.example.base
        for number in 1_000..<2_600 {
            let name = "\(number)-" + String(repeating: "n", count: 50)
            base["providers/acme/\(name).yaml"] = RuleExample.ollama()
                .replacing("5mLd1oQaRw7yXz2B", with: "5mLd1oQaRw7y\(number)")
                .replacing("name: Local model", with: "name: Local model \(number)")
        }
        let first = try repository.commit(base)
        let second = try repository.commit(TextOnly.example.base)
        #expect(try await repository.diff(first, second, "--fail-on", "critical").contains("high"))
        let markdown = try await repository.diff(
            first,
            second,
            "--format",
            "markdown",
            "--fail-on",
            "critical",
            exit: 1
        )
        #expect(markdown.contains("0 critical and ") && markdown.contains(" high changes are left out here, so"))
        #expect(try await repository.diff(first, second, "--format", "markdown") == markdown)
    }

    @Test("A git process that exits early does not cause SIGPIPE", arguments: ["--batch-check", "--batch"])
    func reportsGitThatExitsEarly(command: String) async throws {
        let repository = try ReviewRepository()
        let commits = (
            try repository.commit(KeyDestinationChanged.example.base),
            try repository.commit(KeyDestinationChanged.example.head)
        )
        let bin = try ScratchFolder()
        let git = try repository.program.tool("sh", "-c", "command -v git").output.trimmingCharacters(in: .newlines)
        for end in ["exit 0", "exit 7", "kill -KILL $$", "exec 0<&-; sleep 1"] {
            let script =
                "#!/bin/sh\nfor last; do :; done\n[ \"$last\" != \(command) ] || { \(end); }\nexec \(git) \"$@\"\n"
            try ExecutableFile.write(script, to: bin.path + "/git")
            var program = repository.program
            program.environment["PATH"] = bin.path + ":/usr/local/bin:/usr/bin:/bin"
            // The write races with the exit of git.
            for _ in 0..<3 {
                let run = try await program.run("diff", commits.0, commits.1)
                #expect(run.exitCode == 3, "\(end): \(run)")
                #expect(run.error.contains("git cat-file"), "\(end): \(run)")
            }
        }
    }

    @Test(.tags(.startsProgram)) func closedOutputExitsWithoutSignal() throws {
        let repository = try ReviewRepository()
        let commits = (
            try repository.commit(KeyDestinationChanged.example.base),
            try repository.commit(KeyDestinationChanged.example.head)
        )
        let script = "{ \"$0\" diff \(commits.0) \(commits.1); echo \"code $?\" >&2; } | true"
        for _ in 0..<3 {
            let run = try repository.program.start("bash", ["-c", script, BuiltProgram.path])
            #expect(run.error.contains("code 3") || run.error.contains("code 0"), "\(run)")
        }
    }

    /// A repository whose last commit restores a deleted secret.
    private func returned(under folder: String = "") throws -> ReviewRepository {
        let repository = try ReviewRepository()
        let files = TextOnly.example.base
        try repository.commit(Dictionary(uniqueKeysWithValues: files.map { (folder + $0.key, $0.value) }))
        try repository.commit(files.filter { $0.key != deleted })
        try repository.commit(files)
        return repository
    }

    private func rows(_ program: RosterProgram, _ exit: Int32 = 1) async throws -> String {
        let run = try await program.run("diff", "HEAD~1", "HEAD", "--fail-on", "critical")
        #expect(run.exitCode == exit, "\(run.output)\(run.error)")
        return run.output
    }

    @Test func returnedSecretIsCriticalInEveryFolder() async throws {
        for folder in ["", "registry/", "a/b/"] {
            let repository = try returned(under: folder)
            let text = try await rows(repository.program)
            #expect(text.contains("the base's history has a secret with this id"), "\(folder)")
        }
    }

    @Test func findsEscapedIDInHistory() async throws {
        for escape in ["\\x63", "\\u0063", "\\U00000063", "\\\n    c"] {
            let repository = try ReviewRepository()
            var files = TextOnly.example.base
            let plain = try #require(files[deleted])
            let id = try #require(plain.firstMatch(of: /id: (sec_\w+)/)?.1)
            files[deleted] = plain.replacing(id, with: "\"" + id.replacing("sec_", with: "se\(escape)_") + "\"")
            try repository.commit(files)
            try repository.commit(files.filter { $0.key != deleted })
            files[deleted] = plain
            try repository.commit(files)
            #expect(
                try await rows(repository.program).contains("the base's history has a secret with this id"),
                "\(escape)"
            )
        }
    }

    @Test func incompleteHistoryIsCritical() async throws {
        let repository = try returned()
        let clone = try ScratchFolder()
        let shallow = try await rows(try repository.shallowClone(depth: 2, in: clone))
        #expect(shallow.contains("a secret with this id may have existed before"))
        // A graft truncates the history of a complete clone.
        let parent = try repository.program.tool("git", "rev-parse", "HEAD~1").output
        try repository.folder.write(".git/info/grafts", parent)
        let run = try await repository.program.run("diff", "HEAD~1", "HEAD", "--fail-on", "critical")
        #expect(run.exitCode == 3 && run.error.contains("grafts in \(repository.folder.path)/.git/info/grafts"))
    }

    @Test func shallowCloneWithRootCommitIsComplete() async throws {
        let repository = try ReviewRepository()
        let files = TextOnly.example.base
        try repository.commit(files.filter { $0.key != deleted })
        try repository.commit(files)
        #expect(try await rows(repository.program, 0).contains("secret-added"))
        try repository.program.tool("git", "tag", "old", "HEAD~1")
        let clone = try ScratchFolder()
        #expect(try await rows(try repository.shallowClone(depth: 3, in: clone), 0).contains("secret-added"))
    }

    @Test func treeHasNoHistory() async throws {
        let repository = try returned()
        let tree = try repository.program.tool("git", "rev-parse", "HEAD~1^{tree}").output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(
            try await repository.diff(tree, "HEAD", "--fail-on", "critical", exit: 1).contains(
                "may have existed before"
            )
        )
    }

    @Test("A head with new errors has changes to review", arguments: ["Bad Name.yaml", "local.yml"])
    func newErrors(name: String) async throws {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        let base = try repository.commit(files)
        files["providers/acme/" + name] = RuleExample.ollama()
        let head = try repository.commit(files)
        #expect(try await repository.diff(base, head).contains("1 change: 1 high; 1 new error in the head\n"))
        let markdown = try await repository.diff(base, head, "--format", "markdown")
        #expect(markdown.contains(", 1 new error in the head\n") && !markdown.contains("no changes to review"))
        #expect(try await repository.diff(base, head, "--format", "github").contains("::error"))
        let row = try #require(try await repository.changes(base, head).first)
        #expect(row["path"] as? String == "providers/acme/" + name)
        for risk in ["low", "medium", "high"] { _ = try await repository.diff(base, head, "--fail-on", risk, exit: 1) }
        _ = try await repository.diff(base, head, "--detailed-exitcode", exit: 2)
        // An error on both sides is not new in the head.
        #expect(try await repository.diff(head, head, "--format", "markdown").contains("no changes to review"))
        #expect(try await repository.diff(head, base, "--fail-on", "low").contains("no changes"))
    }
}
