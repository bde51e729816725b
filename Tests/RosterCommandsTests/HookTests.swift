import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// Commits that the hooks accept or reject, with pre-commit and with a plain git hook.
@Suite("Hooks", .tags(.startsProgram))
struct HookTests {
    @Test("Every way to commit checks the index", arguments: Hooks.allCases)
    func checksIndexForEveryCommitCommand(hooks: Hooks) throws {
        let repository = try HookedRepository(hooks)
        let (provider, valid) = (RiskExample.provider, RuleExample.provider)
        let broken = valid.replacing("provider: openai", with: "provider: opnai")
        let unknownSlug = "error[unknown-provider-slug]"

        // A commit without a staged file, while the working tree is broken.
        try repository.write(provider, broken)
        try repository.expectCommit("--allow-empty")
        // For these commits, git sets GIT_INDEX_FILE for its hooks.
        try repository.expectCommit("--all", stoppedBy: unknownSlug)
        try repository.expectCommit("--", provider, stoppedBy: unknownSlug)
        // The index is broken, and the working tree is not.
        try repository.git("add", "--all")
        try repository.write(provider, valid)
        try repository.expectCommit(stoppedBy: unknownSlug)
        // One path is committed, and a different one is broken.
        try repository.git("reset", "--quiet", "--hard")
        try repository.write(provider, valid.replacing("gpt-5.6\n", with: "gpt-5.4\n"))
        try repository.write("providers/acme/other.yaml", broken)
        try repository.expectCommit("--", provider)
        try repository.git("add", "--intent-to-add", "providers/acme/other.yaml")
        try repository.expectCommit("--amend", "--message=amended")
        #expect(try repository.git("show", "--format=", "--name-only", "HEAD") == provider)
        try repository.git("clean", "--quiet", "--force", "-d")
        try repository.git("reset", "--quiet", "--hard")
        // Renames and deletions stage no file that the pattern of a hook matches.
        try repository.git("mv", provider, "providers/acme/renamed.yaml")
        try repository.expectCommit()
        try repository.git("rm", "--quiet", RiskExample.secret)
        try repository.expectCommit(stoppedBy: "error[unknown-secret]")
        try repository.git("reset", "--quiet", "--hard")
        // A redirected key, staged and in the working tree only.
        let redirected = try repository.read("providers/acme/renamed.yaml") + "baseUrl: https://evil.example/v1\n"
        try repository.write("providers/acme/renamed.yaml", redirected)
        try repository.write("README.md", "text\n")
        try repository.git("add", "README.md")
        try repository.expectCommit()
        try repository.git("add", "--all")
        let rule = hooks == .script ? "secret-host-mismatch" : "key-destination-changed"
        try repository.expectCommit(stoppedBy: "[\(rule)]")
        try repository.git("reset", "--quiet", "--hard")
        try repository.write(".envrc", "export A=1\n")
        try repository.git("add", "--all")
        try repository.expectCommit(stoppedBy: "[guarded-file-changed]")
    }

    @Test("The resolution of a conflicting merge is checked", arguments: Hooks.allCases)
    func checksResolvedMerge(hooks: Hooks) throws {
        let repository = try HookedRepository(hooks)
        let provider = RiskExample.provider
        func model(_ name: String) throws {
            try repository.write(provider, RuleExample.provider.replacing("gpt-5.6\n", with: name + "\n"))
        }
        try repository.git("switch", "--quiet", "--create", "side")
        try model("gpt-5.4")
        try repository.expectCommit("--all")
        try repository.git("switch", "--quiet", "main")
        try model("gpt-5.5")
        try repository.expectCommit("--all")
        try repository.git("merge", "--quiet", "side", mayFail: true)
        try model("gpt-5.2")
        try repository.git("add", "--all")
        try repository.expectCommit()
        #expect(try repository.git("rev-list", "--count", "--merges", "HEAD") == "1")
    }

    @Test("The first commit passes when its files are valid", arguments: Hooks.allCases)
    func checksFirstCommit(hooks: Hooks) throws {
        let repository = try HookedRepository(hooks, isEmpty: true)
        try repository.git("add", "--all")
        try repository.write(RiskExample.provider, "broken: true\n")
        try repository.expectCommit()

        let other = try HookedRepository(hooks, isEmpty: true)
        try other.write(RiskExample.provider, "broken: true\n")
        try other.git("add", "--all")
        try other.expectCommit(stoppedBy: "error[unknown-field]")
    }

    @Test("A registry in a folder is checked, with paths relative to the top level", arguments: Hooks.allCases)
    func checksRegistryInSubfolder(hooks: Hooks) throws {
        let repository = try HookedRepository(hooks, subfolder: "registry")
        try repository.write("other/file", "")
        try repository.git("add", "--all")
        try repository.expectCommit()
        let provider = "registry/" + RiskExample.provider
        try repository.write(provider, RuleExample.provider.replacing("provider: openai", with: "provider: opnai"))
        try repository.expectCommit("--all", stoppedBy: "--> \(provider):3:11")
        try repository.git("reset", "--quiet", "--hard")
        try repository.write("registry/.gitattributes", "* diff=x\n")
        try repository.git("add", "--all")
        try repository.expectCommit(stoppedBy: "[guarded-file-changed]")
    }

    @Test("The commit that installs the hooks passes")
    func hookInstallationCommitPasses() throws {
        let repository = try HookedRepository(.preCommit, isInstalled: false)
        try repository.git("add", "--all")
        try repository.expectCommit()
        #expect(try repository.git("show", "--format=", "--name-only", "HEAD") == ".pre-commit-config.yaml")
    }

    @Test("The hooks of a worktree check its own index")
    func checksIndexOfWorktree() throws {
        let repository = try HookedRepository(.script)
        try repository.git("worktree", "add", "--quiet", "side")
        let provider = "side/" + RiskExample.provider
        try repository.write(provider, RuleExample.provider.replacing("provider: openai", with: "provider: opnai"))
        try repository.git("-C", "side", "add", "--all")
        try repository.expectCommit("--allow-empty")
        let run = try repository.program.start("git", ["-C", "side", "commit", "--quiet", "--message=x"])
        #expect(run.exitCode == 1 && run.error.contains("error[unknown-provider-slug]"), "\(run.error)")
    }
}

/// A way to run the hooks.
enum Hooks: CaseIterable {
    /// By pre-commit, which first stashes unstaged changes.
    case preCommit
    /// As `.git/hooks/pre-commit`.
    case script
}

/// A git repository with a valid registry, in which hooks run at each commit.
private struct HookedRepository {
    private let repository: ReviewRepository
    private let home: ScratchFolder
    private(set) var program: RosterProgram

    private static let files = TextOnly.example.base

    /// Creates the repository; an empty one has files but no commit.
    init(_ hooks: Hooks, subfolder: String = "", isEmpty: Bool = false, isInstalled: Bool = true) throws {
        repository = try ReviewRepository()
        home = try ScratchFolder()
        program = repository.program
        let path = BuiltProgram.path.split(separator: "/").dropLast().joined(separator: "/")
        program.environment.merge(
            [
                "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "Test",
                "GIT_COMMITTER_EMAIL": "test@example.com", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": home.path,
                "PRE_COMMIT_HOME": home.path + "/cache", "PATH": "/\(path):\(ReviewGate.path)",
            ],
            uniquingKeysWith: { $1 }
        )
        let prefix = subfolder.isEmpty ? "" : subfolder + "/"
        for (file, text) in Self.files { try write(prefix + file, text) }
        let folder = subfolder.isEmpty ? [] : ["--repo", subfolder]
        if hooks == .preCommit, isInstalled { try write(".pre-commit-config.yaml", try configuration(folder)) }
        if !isEmpty {
            try git("add", "--all")
            try git("commit", "--quiet", "--message=base")
        }
        switch hooks {
        case .preCommit:
            try write(".pre-commit-config.yaml", try configuration(folder))
            try program.tool("python3", "-m", "pre_commit", "install")
        case .script:
            let folder = folder.joined(separator: " ")
            try ExecutableFile.write(
                """
                #!/bin/sh
                roster check --strict --staged \(folder) && roster diff --staged --fail-on critical \(folder)

                """,
                to: program.folder + "/.git/hooks/pre-commit"
            )
        }
    }

    /// Returns a configuration of pre-commit with the hooks of this project, served from a repository.
    private func configuration(_ arguments: [String]) throws -> String {
        let source = home.path + "/hooks"
        if !FileManager.default.fileExists(atPath: source) {
            let manifest = try String(contentsOfFile: ReviewGate.top + "/.pre-commit-hooks.yaml", encoding: .utf8)
            try home.write("hooks/.pre-commit-hooks.yaml", manifest)
            try git("init", "--quiet", source)
            try git("-C", source, "add", "--all")
            try git("-C", source, "commit", "--quiet", "--message=hooks")
        }
        let hooks = ["roster-check", "roster-diff"].map { id in
            "      - id: \(id)\n" + (arguments.isEmpty ? "" : "        args: [\(arguments.joined(separator: ", "))]\n")
        }
        let revision = try git("-C", source, "rev-parse", "HEAD")
        return "repos:\n  - repo: \(source)\n    rev: \(revision)\n    hooks:\n" + hooks.joined()
    }

    func write(_ path: String, _ text: String) throws { try repository.folder.write(path, text) }

    func read(_ path: String) throws -> String { try repository.folder.read(path) }

    @discardableResult
    func git(_ arguments: String..., mayFail: Bool = false) throws -> String {
        let run = try program.start("git", arguments)
        try #require(mayFail || run.exitCode == 0, "git \(arguments.joined(separator: " ")): \(run.error)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Commits with additional arguments, and expects that the hooks accept it, or reject it with a text.
    func expectCommit(
        _ arguments: String...,
        stoppedBy text: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let before = try git("rev-parse", "--verify", "--quiet", "HEAD", mayFail: true)
        let run = try program.start("git", ["commit", "--quiet", "--message=change"] + arguments)
        let output = run.output + run.error
        #expect((run.exitCode == 0) == (text == nil), "\(output)", sourceLocation: location)
        let after = try git("rev-parse", "--verify", "--quiet", "HEAD", mayFail: true)
        #expect((before == after) == (text != nil), "\(output)", sourceLocation: location)
        if let text { #expect(output.contains(text), "\(output)", sourceLocation: location) }
    }
}
