import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// `ROSTER_REPO` is `--repo`, and `-q` is `--quiet`.
@Suite("Naming the repository")
struct RepositoryVariableTests {
    @Test func variableNamesTheRepository() async throws {
        let (one, other) = (try ScratchFolder.repository(), try ScratchFolder.repository())
        try other.write(
            "providers/acme/second.yaml",
            ScratchFolder.provider.replacing("5mLd1oQaRw7yXz2B", with: "second0000000000")
        )
        var program = RosterProgram(folder: "/")
        #expect(try await program.run("provider", "list").exitCode == 3)
        program.environment["ROSTER_REPO"] = other.path
        for line in [
            ["check"], ["compile"], ["provider", "list"], ["project", "list"], ["ping", "second", "--dry-run"],
        ] {
            let run = try await program.run(line)
            #expect(run.exitCode == 0, "\(line): \(run)")
        }
        #expect(try await program.run("provider", "list").output.contains("acme/second"))
        // The flag wins, and an empty variable has no effect.
        #expect(try await !program.run("provider", "list", "--repo", one.path).output.contains("acme/second"))
        program.environment["ROSTER_REPO"] = ""
        #expect(try await program.run("provider", "list").exitCode == 3)
        program.folder = one.path
        #expect(try await !program.run("provider", "list").output.contains("acme/second"))
        program.environment["ROSTER_REPO"] = "../" + URL(fileURLWithPath: other.path).lastPathComponent
        #expect(try await program.run("provider", "list").output.contains("acme/second"))
    }

    @Test func wrongVariableIsNamed() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        program.environment["ROSTER_REPO"] = folder.path + "/nowhere"
        let run = try await program.run("check")
        #expect(run.exitCode == 3 && run.error.contains("ROSTER_REPO names it"), "\(run)")
        let init_ = try ScratchFolder()
        program.environment["ROSTER_REPO"] = init_.path
        program.environment["XDG_CONFIG_HOME"] = init_.path + "/home"
        #expect(try await program.run("init", "--project", "acme").exitCode == 0)
        #expect(init_.exists("roster.yaml"))
    }

    @Test func registryFileWinsOverTheVariable() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        #expect(try await program.run("compile", "-o", "registry.json").exitCode == 0)
        program.environment["ROSTER_REPO"] = "/nowhere"
        let run = try await program.run("ping", "local", "--dry-run", "--registry", "registry.json")
        #expect(run.exitCode == 0, "\(run)")
    }

    @Test func shortQuietIsQuiet() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        for line in [["-q", "check"], ["check", "-q"], ["check", "--quiet"]] {
            let run = try await program.run(line)
            #expect(run.exitCode == 0 && run.output.isEmpty && run.error.isEmpty, "\(line): \(run)")
        }
        #expect(try await !program.run("check").output.isEmpty)
    }
}
