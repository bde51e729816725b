import Foundation
import FoundationXML
import RosterTestSupport
import Testing

@Suite("roster check")
struct CheckProgramTests {
    @Test func validRepositoryExitsWith0AndPrintsSummary() async throws {
        let folder = try ScratchFolder.repository()
        let run = try await RosterProgram(folder: folder.path).run("check")
        #expect(run.exitCode == 0)
        #expect(run.output == "checked 1 provider and 0 secrets in 1 project: no problems\n")
        #expect(run.error == "")
    }

    @Test func errorsExitWith1AndGoToStandardOutput() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("providers/acme/local.yaml", "provider: olama\n")
        let run = try await RosterProgram(folder: folder.path).run("check")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("error[unknown-provider-slug]"))
        #expect(run.error == "")
    }

    @Test func warningsExitWith1OnlyWhenStrict() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("providers/acme/README", "")
        let program = RosterProgram(folder: folder.path)
        #expect(try await program.run("check").exitCode == 0)
        let strict = try await program.run("check", "--strict")
        #expect(strict.exitCode == 1)
        #expect(strict.output.contains("warning[unexpected-file]"))
    }

    @Test func missingRepositoryExitsWith3AndExplainsRemedy() async throws {
        let folder = try ScratchFolder()
        let run = try await RosterProgram(folder: folder.path).run("check")
        #expect(run.exitCode == 3)
        #expect(run.output == "")
        #expect(run.error.contains("there is no roster.yaml in \(folder.path) or above it"))
        #expect(run.error.contains("--repo"))
    }

    @Test func reportsDanglingSymbolicLink() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try program.tool("sh", "-c", "rm roster.yaml && ln -s nowhere roster.yaml")
        let run = try await program.run("check")
        #expect(run.exitCode == 1 && run.output.contains("symbolic-link"), "\(run)")
    }

    @Test(
        arguments: [
            ["chekc"], ["check", "--nosuch"], ["check", "--format", "xml"], ["check", "--as-of", "2026-02-30"],
            ["check", "extra"], ["check", "--rev"], ["check", "--fix", "--rev", "HEAD"], ["compile", "--check"],
            ["schema", "nosuch"], ["explain", "nosuch-rule"], ["check", "--color", "mauve"],
        ]
    )
    func usageErrorExitsWith64AndGoesToStandardError(_ arguments: [String]) async throws {
        let folder = try ScratchFolder.repository()
        let run = try await RosterProgram(folder: folder.path).run(arguments)
        #expect(run.exitCode == 64)
        #expect(run.output == "")
        #expect(!run.error.isEmpty)
    }

    @Test func acceptsGlobalOptionsBeforeAndAfterCommand() async throws {
        let folder = try ScratchFolder.repository()
        let elsewhere = try ScratchFolder()
        let program = RosterProgram(folder: elsewhere.path)
        for arguments in [["--repo", folder.path, "check"], ["check", "--repo", folder.path]] {
            #expect(try await program.run(arguments).exitCode == 0, "\(arguments)")
        }
        for arguments in [["--quiet", "check"], ["check", "--quiet"]] {
            let run = try await RosterProgram(folder: folder.path).run(arguments)
            #expect(run.exitCode == 0 && run.output == "", "\(arguments): \(run.output)")
        }
    }

    @Test func findsNearestRepositoryInParentFolders() async throws {
        let folder = try ScratchFolder.repository()
        #expect(try await RosterProgram(folder: folder.path + "/providers/acme").run("check").exitCode == 0)
    }

    @Test func printsPathsRelativeToGitTopLevel() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet")
        try folder.write("registry/roster.yaml", "roster: 2\nprojects: {}\n")
        let run = try await RosterProgram(folder: folder.path + "/registry").run("check")
        #expect(run.output.contains("--> registry/roster.yaml:1:9"))
    }

    @Test func machineFormatsPrintOneDocument() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("providers/acme/local.yaml", "provider: olama\n")
        let program = RosterProgram(folder: folder.path)
        for format in ["json", "sarif", "gitlab"] {
            let run = try await program.run("check", "--format", format)
            #expect(run.exitCode == 1)
            #expect(run.error == "")
            _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        }
        let junit = try await program.run("check", "--format", "junit")
        #expect(XMLParser(data: Data(junit.output.utf8)).parse())
        let github = try await program.run("check", "--format", "github")
        #expect(
            github.output.split(separator: "\n").allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") }
        )
    }

    @Test func usesColorOnTerminalsOrOnRequest() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("providers/acme/local.yaml", "provider: olama\n")
        let program = RosterProgram(folder: folder.path)
        #expect(try await !program.run("check").output.contains("\u{1b}["))
        #expect(try await program.run("check", "--color", "always").output.contains("\u{1b}["))
        #expect(try await !program.run("check", "--color", "never").output.contains("\u{1b}["))
    }

    @Test func fixAppliesSafeSuggestionsOnly() async throws {
        let folder = try ScratchFolder.repository()
        let wrong = "# ours\n" + ScratchFolder.provider.replacing("defaultModel", with: "defaultmodel") + "# end"
        try folder.write("providers/acme/local.yaml", wrong)
        let run = try await RosterProgram(folder: folder.path).run("check", "--fix")
        #expect(run.exitCode == 0)
        #expect(try folder.read("providers/acme/local.yaml") == "# ours\n" + ScratchFolder.provider + "# end")
        #expect(run.error.contains("fixed 1 place"))
    }

    @Test func asOfSetsDateForExpiry() async throws {
        let folder = try ScratchFolder.repository()
        let token = """
            access:
              policies: {}
              tokens:
                - id: key_q2Wm9ZtL5rYb7KsV
                  name: billing
                  hash: 5d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8
                  policies: []
                  expires: 2027-06-30

            """
        try folder.write("roster.yaml", try folder.read("roster.yaml") + token)
        let program = RosterProgram(folder: folder.path)
        #expect(try await !program.run("check", "--as-of", "2027-06-30").output.contains("expired-token"))
        #expect(try await program.run("check", "--as-of", "2027-07-01").output.contains("warning[expired-token]"))
    }

    @Test func namedPipeDoesNotBlock() async throws {
        let folder = try ScratchFolder.repository()
        try RosterProgram(folder: folder.path).tool("mkfifo", "providers/acme/pipe.yaml")
        let run = try await RosterProgram(folder: folder.path).run("check")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("error[symbolic-link]"))
    }

    @Test func noFormatPrintsKey() async throws {
        let folder = try ScratchFolder.repository()
        let key = "sk-proj-" + String(repeating: "CanaryCanary0123", count: 3)
        let text = ScratchFolder.provider + "config:\n  note: \"\(key)\"\n  apiKey: other-\(key)\n# \(key)\n\(key): x\n"
        try folder.write("providers/acme/local.yaml", text)
        for format in ["text", "json", "sarif", "junit", "github", "gitlab"] {
            let run = try await RosterProgram(folder: folder.path).run("check", "--format", format)
            #expect(run.exitCode == 1)
            #expect(!(run.output + run.error).contains("CanaryCanary"), "\(format)")
        }
    }

    @Test(.tags(.startsProgram)) func closedStandardOutputDoesNotCrash() throws {
        let folder = try ScratchFolder.repository()
        let run = try RosterProgram(folder: folder.path).tool("sh", "-c", "'\(BuiltProgram.path)' check >&-; echo $?")
        #expect(run.output == "3\n")
    }
}
