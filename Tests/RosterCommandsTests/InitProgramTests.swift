import Foundation
import Testing

@Suite("The built program: init")
struct InitProgramTests {
    @Test func aNewRepositoryIsCleanAndReadyToSeal() throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = BuiltProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let run = try program.run("init", "--project", "acme")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(try program.run("check", "--strict").exitCode == 0)
        let identities = try FileManager.default.contentsOfDirectory(atPath: home.path + "/roster/identities")
        #expect(identities.count == 1 && run.output.contains(identities[0]))
        #expect(try !folder.read("roster.yaml").contains("ROSTER-IDENTITY"))
        let set = try program.run(["secret", "set", "acme/openai", "--for", "openai"], input: Data("sk-x".utf8))
        #expect(set.exitCode == 0, "\(set.error)")
        #expect(try program.run("secret", "verify").exitCode == 0)
    }

    @Test func nothingIsOverwritten() throws {
        let (folder, home) = (try ScratchFolder.repository(), try ScratchFolder())
        var program = BuiltProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let before = try folder.read("roster.yaml")
        #expect(try program.run("init").exitCode == 3)
        #expect(try folder.read("roster.yaml") == before)
        #expect(!home.exists("roster"))
        let fresh = try ScratchFolder()
        try fresh.write(".gitattributes", "ours\n")
        program.folder = fresh.path
        let run = try program.run("init", "--project", "acme")
        #expect(run.exitCode == 0)
        #expect(run.error.contains("kept .gitattributes"))
        #expect(try fresh.read(".gitattributes") == "ours\n")
        #expect(try program.run("init", "--project", "No Handle").exitCode == 64)
    }

    @Test func commandsThatOpenNothingSayThatTheyIgnoreAnIdentity() throws {
        let folder = try ScratchFolder.repository()
        var program = BuiltProgram(folder: folder.path)
        program.environment["ROSTER_IDENTITY"] = "x"
        let run = try program.run("check", "--format", "json")
        #expect(run.exitCode == 0)
        #expect(run.error.contains("ROSTER_IDENTITY is set and ignored"))
    }
}
