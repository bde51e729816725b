import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

@Suite("roster check FILE")
struct CheckFilesTests {
    /// A repository with an error in one provider, a warning in another, and a provider without problems.
    private func repository(below prefix: String = "") throws -> (folder: ScratchFolder, program: RosterProgram) {
        let folder = try ScratchFolder()
        try folder.write(
            prefix + "roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        for (name, rest) in [
            ("good", ""), ("warning", "baseUrl: http://example.com\n"), ("error", "nmae: x\n"),
        ] {
            let id = name.padding(toLength: 16, withPad: "0", startingAt: 0)
            try folder.write(
                "\(prefix)providers/acme/\(name).yaml",
                "id: aip_\(id)\nname: \(name)\nprovider: ollama\ndefaultModel: m\n\(rest)"
            )
        }
        try folder.write(prefix + "providers/acme/notes.txt", "x\n")
        try folder.write("README.md", "x\n")
        return (folder, RosterProgram(folder: folder.path))
    }

    private static let formats = ["text", "json", "sarif", "junit", "github", "gitlab", "rdjsonl"]

    @Test(arguments: formats)
    func reportsOnlyTheFiles(_ format: String) async throws {
        let (folder, program) = try repository()
        let all = try await program.run("check", "--format", format)
        #expect(all.exitCode == 1)
        for name in ["error", "warning"] { #expect(all.output.contains("\(name).yaml"), "\(all)") }
        for (name, code, strict) in [("good", 0, 0), ("warning", 0, 1), ("error", 1, 1)] as [(String, Int32, Int32)] {
            let path = "providers/acme/\(name).yaml"
            let run = try await program.run("check", path, "--format", format)
            #expect(run.exitCode == code && run.error.isEmpty, "\(run)")
            #expect(try await program.run("check", "--strict", path, "--format", format).exitCode == strict)
            for other in ["good", "warning", "error"] where other != name {
                #expect(!run.output.contains("\(other).yaml"), "\(run)")
            }
            if code == 1 { #expect(run.output.contains(path)) }
        }
        let two = try await program.run(
            "check",
            "providers/acme/good.yaml",
            "providers/acme/error.yaml",
            "providers/acme/error.yaml",
            "--format",
            format
        )
        #expect(two.exitCode == 1 && two.output.contains("error.yaml") && !two.output.contains("warning.yaml"))
        withExtendedLifetime(folder) {}
    }

    @Test func summaryNamesTheFiles() async throws {
        let (folder, program) = try repository()
        let text = try await program.run("check", "providers/acme/good.yaml").output
        #expect(text == "checked 3 providers and 0 secrets in 1 project, reporting on 1 file: no problems\n")
        let error = try await program.run("check", "providers/acme/error.yaml", "roster.yaml").output
        #expect(error.hasSuffix("in 1 project, reporting on 2 files: 1 error\n"))
        let json = try await program.run("check", "providers/acme/warning.yaml", "--json").output
        let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let summary = try #require(document["summary"] as? [String: Any])
        #expect(summary["files"] as? [String] == ["providers/acme/warning.yaml"])
        #expect(summary["errors"] as? Int == 0 && summary["warnings"] as? Int == 1 && summary["providers"] as? Int == 3)
        let all = try await program.run("check", "--json").output
        #expect(!all.contains("\"files\""))
        let junit = try await program.run("check", "providers/acme/good.yaml", "--format", "junit").output
        #expect(junit.contains("tests=\"1\" failures=\"0\""))
        withExtendedLifetime(folder) {}
    }

    @Test func pathsAreRelativeToTheCurrentFolder() async throws {
        let (folder, program) = try repository(below: "registry/")
        try program.tool("git", "init", "--quiet")
        var inside = program
        inside.folder = folder.path + "/registry/providers"
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link",
            withDestinationPath: folder.path + "/registry"
        )
        let lines: [(RosterProgram, [String])] = [
            (inside, ["acme/error.yaml"]), (inside, ["./acme/../acme//error.yaml"]),
            (inside, ["../providers/acme/error.yaml"]), (inside, [folder.path + "/registry/providers/acme/error.yaml"]),
            (program, ["registry/providers/acme/error.yaml", "--repo", "registry"]),
            (program, ["link/providers/acme/error.yaml", "--repo", "registry"]),
            (program, ["registry/providers/acme/error.yaml", "--repo", "link"]),
        ]
        for (program, words) in lines {
            let run = try await program.run(["check"] + words)
            #expect(
                run.exitCode == 1 && run.output.contains("--> registry/providers/acme/error.yaml"),
                "\(words): \(run)"
            )
        }
    }

    @Test func otherPathsAreRefused() async throws {
        let (folder, program) = try repository(below: "registry/")
        let elsewhere = try ScratchFolder.repository()
        let lines: [(words: [String], code: Int32, message: String)] = [
            (["registry/providers/acme/nosuch.yaml"], 3, "there is no file registry/providers/acme/nosuch.yaml"),
            (["README.md"], 64, "README.md is outside of"), (["/etc/passwd"], 64, "is outside of"),
            (["registry/../README.md"], 64, "is outside of"), ([""], 64, "is empty"),
            ([elsewhere.path + "/roster.yaml"], 64, "is outside of"),
            (["registry"], 64, "is the registry's folder"), (["registry/providers"], 64, "is a folder"),
            (["registry/providers/acme"], 64, "is a folder"),
            (["registry/providers/acme/good.yaml", "registry/nothing/here"], 64, "there is no file registry/nothing"),
        ]
        for (words, code, message) in lines {
            let run = try await program.run(["check", "--repo", "registry"] + words)
            #expect(run.exitCode == code && run.output.isEmpty && run.error.contains(message), "\(words): \(run)")
        }
        try folder.write("registry/other.yaml", "x\n")
        let other = try await program.run("check", "--repo", "registry", "registry/other.yaml")
        #expect(other.exitCode == 64 && other.error.contains("is not a file of the registry"), "\(other)")
    }

    @Test func revisionsAndTheIndexHaveFiles() async throws {
        let (folder, program) = try repository()
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        try program.tool("git", "add", "roster.yaml", "providers/acme/error.yaml")
        try program.tool("git", "commit", "--quiet", "--message", "Error")
        try folder.write("providers/acme/error.yaml", "")
        try program.tool("rm", folder.path + "/providers/acme/error.yaml")
        let old = try await program.run("check", "--rev", "main", "providers/acme/error.yaml")
        #expect(old.exitCode == 1 && old.output.contains("error.yaml"), "\(old)")
        let new = try await program.run("check", "--rev", "main", "providers/acme/good.yaml")
        #expect(new.exitCode == 3 && new.error.contains("main has no file providers/acme/good.yaml"), "\(new)")
        let staged = try await program.run("check", "--staged", "providers/acme/error.yaml")
        #expect(staged.exitCode == 1, "\(staged)")
        let unstaged = try await program.run("check", "--staged", "providers/acme/good.yaml")
        #expect(unstaged.exitCode == 3 && unstaged.error.contains("is not staged"), "\(unstaged)")
    }

    @Test func fixesOnlyTheFiles() async throws {
        let (folder, program) = try repository()
        for name in ["one", "two"] {
            try folder.write("providers/acme/\(name).yaml", "name: \(name)\nprovider: ollama\ndefaultModel: m\n")
        }
        let before = try folder.read("providers/acme/two.yaml")
        let run = try await program.run("check", "--fix", "providers/acme/one.yaml")
        #expect(run.exitCode == 0 && run.error.contains("fixed 1 place"), "\(run)")
        #expect(try folder.read("providers/acme/one.yaml").hasPrefix("id: aip_"))
        #expect(try folder.read("providers/acme/two.yaml") == before)
    }
}
