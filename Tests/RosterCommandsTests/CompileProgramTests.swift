import Foundation
import RosterTestSupport
import Testing

@Suite("roster compile")
struct CompileProgramTests {
    private func git(_ program: RosterProgram, _ arguments: String..., date: Int = 1_700_000_000) throws {
        var program = program
        program.environment["GIT_COMMITTER_DATE"] = "@\(date) +0000"
        let process = try program.tool("sh", "-c", arguments.joined(separator: " && "))
        _ = process
    }

    @Test func writesRegistryToStandardOutputOrFile() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        let printed = try await program.run("compile")
        #expect(printed.exitCode == 0)
        #expect(printed.error == "")
        #expect(printed.output.hasPrefix("{\n  \"registry\": 2,\n"))
        #expect(printed.output.hasSuffix("}\n"))
        let written = try await program.run("compile", "-o", "out.json")
        #expect(written.exitCode == 0)
        #expect(written.output == "")
        #expect(try folder.read("out.json") == printed.output)
        #expect(try await program.run("compile", "-o", "out.json", "--check").exitCode == 0)
    }

    @Test func checkExitsWith1ForOutdatedFile() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("out.json", "old\n")
        let run = try await RosterProgram(folder: folder.path).run("compile", "-o", "out.json", "--check")
        #expect(run.exitCode == 1)
        #expect(run.error.contains("roster compile -o out.json"))
        #expect(try folder.read("out.json") == "old\n")
        #expect(try await RosterProgram(folder: folder.path).run("compile", "-o", "none.json", "--check").exitCode == 3)
    }

    @Test func keepsOldRegistryOnError() async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("out.json", "old\n")
        try folder.write("providers/acme/local.yaml", "provider: olama\n")
        let run = try await RosterProgram(folder: folder.path).run("compile", "-o", "out.json")
        #expect(run.exitCode == 1)
        #expect(run.output == "")
        #expect(run.error.contains("error[unknown-provider-slug]"))
        #expect(try folder.read("out.json") == "old\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
    }

    @Test(
        "The output cannot overwrite a source file, under any of its names",
        arguments: [
            "roster.yaml", "./roster.yaml", "providers/acme/local.yaml", "providers/../roster.yaml",
            "providers/registry.json",
        ]
    )
    func rejectsSourceFileAsOutput(name: String) async throws {
        let folder = try ScratchFolder.repository()
        let before = try folder.read("roster.yaml") + folder.read("providers/acme/local.yaml")
        let program = RosterProgram(folder: folder.path)
        for path in [name, folder.path + "/" + name] {
            let run = try await program.run("compile", "-o", path)
            #expect(run.exitCode == 64 && run.error.contains("name another file"), "\(run)")
        }
        #expect(try folder.read("roster.yaml") + folder.read("providers/acme/local.yaml") == before)
        #expect(!folder.exists("providers/registry.json"))
    }

    @Test func reportsUnreadablePathAsGiven() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        let missing = try await program.run("compile", "--check", "-o", "out/none.json")
        #expect(missing.exitCode == 3 && missing.error.contains("cannot read out/none.json"), "\(missing)")
        let minus = try await program.run("compile", "-o", "-")
        #expect(minus.exitCode == 0 && minus.output.hasPrefix("{") && !folder.exists("-"), "\(minus)")
        #expect(try await program.run("compile", "-o", "-", "--check").exitCode == 64)
        let nowhere = try await program.run("check", "--repo", "")
        #expect(nowhere.exitCode == 64 && nowhere.error.contains("--repo needs the name of a folder"), "\(nowhere)")
        let nameless = try await program.run("compile", "-o", "")
        #expect(nameless.exitCode == 64 && nameless.error.contains("-o needs the name of a file"), "\(nameless)")
        let file = try await program.run("check", "--repo", "roster.yaml")
        #expect(file.exitCode == 3 && file.error.contains("roster.yaml is not a folder"), "\(file)")
    }

    @Test func reportsDamagedGitRepository() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try git(program, "git init -q -b main")
        #expect(try await program.run("compile").output.contains("\"commit\": null"))
        try git(program, "git add -A", "git commit -qm one", "rm -r .git/objects/[0-9a-f][0-9a-f]")
        let run = try await program.run("compile", "-o", "out.json")
        #expect(
            run.exitCode == 3 && run.error.contains("the commit that HEAD names is not in the repository"),
            "\(run)"
        )
        #expect(!folder.exists("out.json"))
    }

    @Test("Partial output is deleted when the last check fails")
    func deletesPartialOutputOnLateError() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        func provider(_ number: Int, id: Int) throws {
            try folder.write(
                "providers/acme/p\(number).yaml",
                """
                id: aip_\(String(1_000_000_000_000_000 + id))
                name: Local \(number)
                provider: ollama
                defaultModel: llama3
                config: {"temperature": 0.5, stop: ["\\n\\n", END], "a\\"b": null}

                """
            )
        }
        for number in 1...700 { try provider(number, id: number) }
        #expect(try await program.run("compile", "-o", "out.json").exitCode == 0)
        let written = try folder.read("out.json")
        #expect(written == (try await program.run("compile").output))
        #expect(written.components(separatedBy: "\"provider\": \"ollama\"").count > 700)

        try provider(700, id: 1)
        let run = try await program.run("compile", "-o", "out.json")
        #expect(run.exitCode == 1)
        #expect(run.error.contains("error[duplicate-id]"))
        #expect(try folder.read("out.json") == written)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
    }

    @Test func unwritableOutputExitsWith3() async throws {
        let folder = try ScratchFolder.repository()
        let run = try await RosterProgram(folder: folder.path).run("compile", "-o", "nosuch/out.json")
        #expect(run.exitCode == 3)
        #expect(run.error.contains("nosuch/out.json"))
    }

    @Test func commitIsNullOutsideGit() async throws {
        let folder = try ScratchFolder.repository()
        let text = try await RosterProgram(folder: folder.path).run("compile").output
        #expect(text.contains("\"commit\": null"))
        #expect(text.contains("\"dirty\": false"))
    }

    @Test func revisionCheckoutAndCloneCompileToSameBytes() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try git(program, "git init -q -b main", "git add -A", "git commit -qm one", date: 1_700_000_000)
        try git(
            program,
            "git mv providers/acme/local.yaml providers/acme/moved.yaml",
            "git commit -qm two",
            date: 1_700_000_100
        )
        try git(program, "git checkout -q -b topic", "git commit -q --allow-empty -m three", date: 1_700_000_200)
        let tree = try await program.run("compile")
        let revision = try await program.run("compile", "--rev", "topic")
        #expect(tree.exitCode == 0)
        #expect(tree.output == revision.output)
        #expect(tree.output.contains("\"createdAt\": \"2023-11-14T22:13:20Z\""))
        #expect(tree.output.contains("\"updatedAt\": \"2023-11-14T22:15:00Z\""))
        #expect(tree.output.contains("\"dirty\": false"))
        let clone = try ScratchFolder()
        let cloned = RosterProgram(folder: clone.path)
        try cloned.tool("git", "clone", "--quiet", folder.path, "copy")
        #expect(try await RosterProgram(folder: clone.path + "/copy").run("compile").output == tree.output)
        try folder.write("providers/acme/moved.yaml", "broken: true\n")
        #expect(try await program.run("compile", "--rev", "HEAD").output == tree.output)
        #expect(try await program.run("check", "--rev", "HEAD").exitCode == 0)
        #expect(try await program.run("check").exitCode == 1)
    }

    @Test("A registry in a folder that is not committed yet compiles") func compilesUncommittedFolder() async throws {
        let folder = try ScratchFolder()
        try folder.write("README", "other things")
        try git(RosterProgram(folder: folder.path), "git init -q -b main", "git add -A", "git commit -qm one")
        let roster = try ScratchFolder.repository()
        try FileManager.default.moveItem(atPath: roster.path, toPath: folder.path + "/llm")
        var program = RosterProgram(folder: folder.path + "/llm")
        program.environment["SOURCE_DATE_EPOCH"] = "1800000000"
        let before = try await program.run("compile")
        #expect(before.exitCode == 0 && before.error.isEmpty)
        #expect(before.output.contains("\"dirty\": true"))
        #expect(before.output.contains("\"createdAt\": \"2027-01-15T08:00:00Z\""))
        let revision = try await program.run("check", "--rev", "HEAD")
        #expect(revision.exitCode == 3 && revision.error.contains("HEAD has no llm/roster.yaml"))
        try git(program, "git add .", "git commit -qm two")
        let after = try await program.run("compile")
        #expect(after.output.contains("\"dirty\": false"))
        #expect(after.output.contains("\"createdAt\": \"2023-11-14T22:13:20Z\""))
    }

    @Test func usesSourceDateEpochForUncommittedChanges() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        try git(program, "git init -q -b main", "git add -A", "git commit -qm one")
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider + "# changed\n")
        program.environment["SOURCE_DATE_EPOCH"] = "1800000000"
        let text = try await program.run("compile").output
        #expect(text.contains("\"dirty\": true"))
        #expect(text.contains("\"createdAt\": \"2023-11-14T22:13:20Z\""))
        #expect(text.contains("\"updatedAt\": \"2027-01-15T08:00:00Z\""))
        for (value, words) in [
            ("soon", "is \"soon\", not a number of seconds since 1970"), ("-1", "is -1 (1969-12-31T23:59:59Z), and"),
            ("253402300800", "is 253402300800 (10000-01-01T00:00:00Z), and a registry holds dates from 1970 to 9999"),
            ("99999999999999999999", "is 99999999999999999999, and a registry holds dates from 1970 to 9999"),
        ] {
            program.environment["SOURCE_DATE_EPOCH"] = value
            let run = try await program.run("compile")
            #expect(run.exitCode == 3 && run.error.contains("SOURCE_DATE_EPOCH \(words)"), "\(run)")
        }
    }

    @Test func shallowCloneSuggestsUnshallow() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try git(
            program,
            "git init -q -b main",
            "git add -A",
            "git commit -qm one",
            "git commit -q --allow-empty -m two"
        )
        let clone = try ScratchFolder()
        try RosterProgram(folder: clone.path).tool(
            "git",
            "clone",
            "-q",
            "--depth",
            "1",
            "file://" + folder.path,
            "copy"
        )
        let shallow = RosterProgram(folder: clone.path + "/copy")
        #expect(try await shallow.run("check").exitCode == 0)
        #expect(try await shallow.run("check", "--rev", "HEAD").exitCode == 0)
        let run = try await shallow.run("compile")
        #expect(run.exitCode == 3)
        #expect(run.output == "")
        #expect(run.error.contains("git fetch --unshallow"))
    }

    @Test func unknownRevisionExitsWith3() async throws {
        let folder = try ScratchFolder.repository()
        let outside = try await RosterProgram(folder: folder.path).run("check", "--rev", "HEAD")
        #expect(outside.exitCode == 3)
        #expect(outside.error.contains("in no git repository"))
        let program = RosterProgram(folder: folder.path)
        try git(program, "git init -q -b main", "git add -A", "git commit -qm one")
        for name in ["nosuch", "--output=x", "HEAD:roster.yaml"] {
            let run = try await program.run("compile", "--rev=" + name)
            #expect(run.exitCode == 3)
            #expect(run.error.contains("git knows no commit"))
        }
    }

    @Test func ignoresGitHookEnvironment() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        try git(program, "git init -q -b main", "git add -A", "git commit -qm one")
        let expected = try await program.run("compile").output
        for (name, value) in [
            ("GIT_DIR", "/nonexistent"), ("GIT_WORK_TREE", "/"), ("GIT_INDEX_FILE", "/dev/null"),
            ("GIT_OBJECT_DIRECTORY", "/"), ("GIT_NAMESPACE", "x"), ("GIT_TRACE", "1"), ("GIT_EXTERNAL_DIFF", "false"),
        ] { program.environment[name] = value }
        #expect(try await program.run("compile").output == expected)
    }
}
