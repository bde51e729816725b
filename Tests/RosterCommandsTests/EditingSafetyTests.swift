import Foundation
import RosterTestSupport
import Testing

/// Edits in the presence of concurrent edits, symbolic links and invalid files.
@Suite("Commands: safety of edits")
struct EditingSafetyTests {
    @Test(.tags(.startsProgram)) func concurrentEditsAreNotLost() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        for round in 0..<6 {
            // Each adds a project. Those that find the file changed report it, and can be repeated.
            let one =
                "'\(BuiltProgram.path)' project add r\(round)-$0 > out-$0 2> err-$0 < /dev/null; echo $? > code-$0"
            let numbers = (1...8).map { "\($0)\n" }.joined()
            try program.tool("xargs", "-P", "8", "-n", "1", "sh", "-c", one, input: Data(numbers.utf8))
            let roster = try folder.read("roster.yaml")
            var done = 0
            for number in 1...8 {
                let code = try folder.read("code-\(number)")
                let isThere = roster.contains("\n  r\(round)-\(number):\n")
                #expect(isThere == (code == "0\n"), "\(round)-\(number): exit \(code)\(roster)")
                if code == "0\n" {
                    done += 1
                } else {
                    #expect(code == "3\n")
                    let words = try folder.read("err-\(number)")
                    #expect(words.contains("changed while it was being edited"), "\(words)")
                }
            }
            #expect(done >= 1)
        }
        #expect(try await program.run("check").exitCode == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".tmp") }
        #expect(left.isEmpty)
    }

    @Test func editsDoNotFollowSymbolicLinks() async throws {
        let folder = try ScratchFolder.repository()
        let outside = try ScratchFolder()
        try outside.write("local.yaml", ScratchFolder.provider)
        let program = RosterProgram(folder: folder.path)
        try program.tool(
            "sh",
            "-c",
            "rm providers/acme/local.yaml && ln -s \(outside.path)/local.yaml providers/acme/local.yaml"
        )
        let file = try await program.run("provider", "update", "acme/local", "--name", "x", "--force")
        #expect(file.exitCode == 3, "\(file)")
        try program.tool("sh", "-c", "rm -r providers/acme && ln -s \(outside.path) providers/acme")
        let create = ["provider", "create", "--project", "acme", "--name", "n", "--provider", "ollama"]
        let made = try await program.run(create + ["--default-model", "m", "--force"])
        #expect(made.exitCode == 3, "\(made)")
        #expect(try outside.read("local.yaml") == ScratchFolder.provider)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["local.yaml"])
    }

    @Test func editsKeepFilePermissions() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try program.tool("chmod", "640", "providers/acme/local.yaml")
        #expect(try await program.run("provider", "update", "acme/local", "--name", "x").exitCode == 0)
        #expect(try await program.run("provider", "update", "acme/local", "--handle", "moved").exitCode == 0)
        let path = folder.path + "/providers/acme/moved.yaml"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    }

    @Test func invalidFileExitsWith3AndIsUnchanged() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try folder.write("providers/acme/broken.yaml", "id: [\n")
        let run = try await program.run("provider", "update", "acme/broken", "--name", "x")
        #expect(run.exitCode == 3 && run.error.contains("roster check"))
        #expect(try folder.read("providers/acme/broken.yaml") == "id: [\n")
    }

    @Test func patchPathsAreRelativeToGitTopLevel() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet")
        try folder.write(
            "a b/roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        try folder.write("a b/providers/acme/local.yaml", ScratchFolder.provider.replacing("\n", with: "\r\n"))
        let inner = RosterProgram(folder: folder.path + "/a b")
        let run = try await inner.run("provider", "update", "acme/local", "--default-model", "m", "--dry-run")
        #expect(run.output.hasPrefix("--- a/a b/providers/acme/local.yaml\t\n"), "\(run)")
        try folder.write("edit.patch", run.output)
        try program.tool("git", "apply", "edit.patch")
        let text = try folder.read("a b/providers/acme/local.yaml")
        #expect(text == ScratchFolder.provider.replacing("llama3.2", with: "m").replacing("\n", with: "\r\n"))
    }
}
