import Foundation
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterCommands

@Suite("roster init")
struct InitProgramTests {
    @Test func initCreatesValidRepositoryThatCanSeal() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let run = try await program.run("init", "--project", "acme")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(try await program.run("check", "--strict").exitCode == 0)
        let identities = try FileManager.default.contentsOfDirectory(atPath: home.path + "/roster/identities")
        #expect(identities.count == 1 && run.output.contains(identities[0]))
        #expect(try !folder.read("roster.yaml").contains("ROSTER-IDENTITY"))
        let set = try await program.run(["secret", "set", "acme/openai", "--for", "openai"], input: Data("sk-x".utf8))
        #expect(set.exitCode == 0, "\(set.error)")
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test func overwritesNoFile() async throws {
        let (folder, home) = (try ScratchFolder.repository(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let before = try folder.read("roster.yaml")
        let added = try await program.run("init")
        #expect(added.exitCode == 0 && added.output.contains("wrote .gitattributes: "), "\(added.error)")
        #expect(try folder.read("roster.yaml") == before)
        #expect(!home.exists("roster"))
        // An existing registry gets no project.
        #expect(try await program.run("init", "--project", "acme").exitCode == 0)
        let other = try await program.run("init", "--project", "other")
        #expect(other.exitCode == 3 && other.error.contains("roster project add other"), "\(other.error)")
        let fresh = try ScratchFolder()
        try fresh.write(".gitattributes", "ours\n")
        program.folder = fresh.path
        let run = try await program.run("init", "--project", "acme")
        #expect(run.exitCode == 0)
        #expect(run.error.contains("kept .gitattributes"))
        #expect(try fresh.read(".gitattributes") == "ours\n")
        #expect(try await program.run("init", "--project", "No Handle").exitCode == 64)
    }

    @Test func developmentBuildNamesMissingAction() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        for option in ["--gitlab", "--pre-commit"] {
            let run = try await program.run("init", option)
            #expect(run.exitCode == 64 && run.error.contains("--action OWNER/roster@COMMIT"), "\(run.error)")
        }
        #expect(!folder.exists("roster.yaml") && !home.exists("roster"))
        let run = try await program.run("init", "--owners", "@ann", "--vscode")
        #expect(run.exitCode == 0 && !folder.exists(".github/workflows"))
        #expect(run.error.contains("--action OWNER/roster@COMMIT"), "\(run.error)")
        #expect(folder.exists(".github/CODEOWNERS") && folder.exists(".vscode/settings.json"))
    }

    @Test(
        "Names that cannot be pinned or own files are refused",
        arguments: [
            ["--action", "acme/roster@v1"], ["--action", "acme/roster@main"], ["--action", "acme/roster"],
            ["--action", "acme/roster@" + String(repeating: "a", count: 39)],
            ["--action", "acme@" + String(repeating: "a", count: 40)],
            ["--action", "acme/roster/x@" + String(repeating: "a", count: 40)],
            ["--action", "acme/${{ x }}@" + String(repeating: "a", count: 40)],
            ["--owners", "ann"], ["--owners", "@"], ["--owners", "@ann\n/ @eve"], ["--owners", "@ann,#"],
        ]
    )
    func refusedNames(arguments: [String]) async throws {
        let folder = try ScratchFolder()
        let run = try await RosterProgram(folder: folder.path).run(["init"] + arguments)
        #expect(run.exitCode == 64 && run.error.contains("help: name "), "\(run.error)")
        #expect(!folder.exists("roster.yaml"))
    }

    @Test func releaseBuildPinsItsAction() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let (output, error) = (OutputBuffer(), OutputBuffer())
        var context = program.context(output: output, error: error)
        let commit = String(repeating: "ab", count: 20)
        context.build.action = PinnedAction("acme/roster@" + commit, version: "1.2.3")
        #expect(await RosterCommand.run(arguments: ["init", "--pre-commit"], in: context) == 0)
        let workflow = try folder.read(".github/workflows/roster.yaml")
        #expect(workflow.contains("- uses: acme/roster@\(commit) # v1.2.3\n"))
        #expect(try folder.read(".pre-commit-config.yaml").contains("rev: \(commit) # v1.2.3\n"))
    }

    @Test func checksPushesOfPresentBranch() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        try program.tool("git", "init", "--quiet", "--initial-branch=release/1.x")
        let action = "acme/roster@" + String(repeating: "ab", count: 20)
        #expect(try await program.run("init", "--action", action).exitCode == 0)
        #expect(try folder.read(".github/workflows/roster.yaml").contains("branches: [\"release/1.x\"]"))
        // A folder whose name would need quoting in those files.
        try folder.write("a b/x", "")
        let run = try await program.run("init", "--repo", "a b", "--action", action)
        #expect(run.exitCode == 64 && run.error.contains("rename it"), "\(run.error)")
    }

    @Test func reportsIgnoredIdentity() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        program.environment["ROSTER_IDENTITY"] = "x"
        let run = try await program.run("check", "--format", "json")
        #expect(run.exitCode == 0)
        #expect(run.error.contains("ROSTER_IDENTITY is set and ignored"))
    }

    @Test(.tags(.startsProgram)) func gitDiffUsesTextconv() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        let path = BuiltProgram.path.split(separator: "/").dropLast().joined(separator: "/")
        program.environment = ["XDG_CONFIG_HOME": home.path, "PATH": "/\(path):/usr/bin:/bin"]
        try program.tool("git", "init", "--quiet")
        #expect(try await program.run("init", "--project", "acme").exitCode == 0)
        let set = ["secret", "set", "acme/openai", "--for", "openai"]
        #expect(try await program.run(set, input: Data("sk-first".utf8)).exitCode == 0)
        let secret = "secrets/acme/openai.yaml"
        try folder.write(secret, "# asked for by Ann\u{202E}\n" + (try folder.read(secret)))
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "-m", "first")
        try folder.write(secret, (try folder.read(secret)).replacing("\u{202E}", with: ""))
        #expect(try await program.run(set, input: Data("sk-second".utf8)).exitCode == 0)
        let box = try #require(try folder.read(secret).split(separator: " ").last).prefix(40)
        let diff = try program.tool("git", "diff").output
        #expect(diff.contains("-# asked for by Ann\\u{202e}\n+# asked for by Ann\n"))
        #expect(diff.contains("-generation: 1\n") && diff.contains("+generation: 2\n"))
        let sealed = diff.split(separator: "\n").filter { $0.contains("box: [sealed ") }
        #expect(sealed.count == 2 && sealed[0].hasPrefix("-") && sealed[1].hasPrefix("+"))
        #expect(!diff.contains(box))
        // Settings of the user are kept.
        try program.tool("git", "config", "diff.roster.textconv", "cat")
        try FileManager.default.removeItem(atPath: folder.path + "/roster.yaml")
        #expect(try await program.run("init", "--project", "acme").exitCode == 0)
        #expect(try program.tool("git", "config", "diff.roster.textconv").output == "cat\n")
    }

    @Test func textconvPrintsInvalidFileAsText() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        try folder.write("x.yaml", "id: [\u{1B}[31m\n# sk-ant-api03-\(String(repeating: "aB3dE6gH", count: 12))\n\n")
        let run = try await program.run("secret", "show", "--textconv", "x.yaml")
        #expect(run.exitCode == 0 && run.output == "id: [\\u{1b}[31m\n# [redacted]\n\n")
        #expect(try await program.run("secret", "show", "--textconv", "missing.yaml").exitCode == 3)
        #expect(try await program.run("secret", "show").exitCode == 64)
        #expect(try await program.run("secret", "show", "acme/x", "--textconv", "x.yaml").exitCode == 64)
    }

    @Test func textconvSummarizesTooLargeFile() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        func show(_ text: String) async throws -> String {
            try folder.write("x.yaml", text)
            let run = try await program.run("secret", "show", "--textconv", "x.yaml")
            #expect(run.exitCode == 0, "\(run.error)")
            return run.output
        }
        let limit = 512 * 1024
        #expect(try await show(String(repeating: "a", count: limit)).utf8.count == limit)
        let large = try await show(String(repeating: "\u{1B}", count: 20_000_000))
        #expect(large.contains("20000000 bytes") && large.utf8.count < 200)
        // Git shows that the file changed, even if its size did not.
        let one = try await show(String(repeating: "a", count: limit) + "b")
        let other = try await show(String(repeating: "a", count: limit) + "c")
        #expect(one != other && one.split(separator: "\n").count == 1)
    }
}
