import Foundation
import RosterTestSupport
import Testing

@Suite("Commands: providers")
struct ProviderProgramTests {
    /// A repository with a sealing key, a secret and a provider that links the secret.
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram) {
        let home = try ScratchFolder()
        let folder = try ScratchFolder.repository(keeping: home)
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        #expect(try await program.run("key", "generate", "--name", "first").exitCode == 0)
        let set = try await program.run(["secret", "set", "acme/openai", "--for", "openai"], input: Data("sk-x".utf8))
        #expect(set.exitCode == 0, "\(set.error)")
        try folder.write("providers/acme/gpt.yaml", Self.provider)
        return (folder, program)
    }

    private static let provider = """
        # ours
        id: aip_8QzKx0vT2mWb4NcR
        name: 'GPT-4o'   # the label

        provider: openai
        defaultModel: gpt-5.6
        secret: openai
        """

    @Test func createWritesValidFileAndPrintsDiff() async throws {
        let (folder, program) = try await repository()
        let run = try await program.run(
            ["provider", "create", "--project", "acme", "--name", "Größe: 4o", "--provider", "openai"]
                + ["--default-model", "gpt-5.6", "--secret", "openai", "--config", "retry.max=3"]
                + ["--config", "flag=true", "--config", "word=no", "--config", "ratio=0.5"]
                + ["--config", "modelVersion=0613", "--config", "api.version=1.10"]
        )
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(run.error == "created acme/grosse-4o; review and commit it\n")
        let text = try folder.read("providers/acme/grosse-4o.yaml")
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first == "# yaml-language-server: $schema=../../schema/provider.schema.json")
        #expect(
            lines.dropFirst(2) == [
                "name: \"Größe: 4o\"", "provider: openai", "defaultModel: gpt-5.6", "secret: openai", "config:",
                "  retry:", "    max: 3", "  flag: true", "  word: \"no\"", "  ratio: 0.5",
                "  modelVersion: \"0613\"", "  api:", "    version: \"1.10\"",
            ]
        )
        #expect(run.output.hasPrefix("--- /dev/null\n+++ b/providers/acme/grosse-4o.yaml\n@@ -0,0 +1,15 @@\n"))
        #expect(try await program.run("check", "--strict").exitCode == 0)
        let again = try await program.run(
            ["provider", "create", "--project", "acme", "--name", "x", "--provider", "ollama"]
                + ["--default-model", "m", "--handle", "gpt"]
        )
        #expect(again.exitCode == 3 && again.error.contains("acme/gpt already"))
    }

    @Test func updatePreservesUnchangedBytes() async throws {
        let (folder, program) = try await repository()
        let run = try await program.run(
            ["provider", "update", "acme/gpt", "--default-model", "gpt-5.4", "--name", "it's", "--config-json"]
                + ["{\"a\": {\"b\": [1, 2.5, null]}, \"c\": \"\\ud83d\\ude80\"}"]
        )
        #expect(run.exitCode == 0, "\(run.error)")
        let expected = Self.provider.replacing("'GPT-4o'", with: "'it''s'").replacing("gpt-5.6", with: "gpt-5.4")
        #expect(
            try folder.read("providers/acme/gpt.yaml") == expected
                + "\nconfig:\n  a:\n    b: [1, 2.5, null]\n  c: \"🚀\""
        )
        #expect(run.output.contains("\\ No newline at end of file"))
        let unset = try await program.run(
            ["provider", "update", "aip_8QzKx0vT2mWb4NcR", "--unset", "config", "--name", "GPT-4o"]
                + ["--default-model", "gpt-5.6"]
        )
        #expect(unset.exitCode == 0)
        #expect(try folder.read("providers/acme/gpt.yaml") == Self.provider)
        #expect(
            try await program.run("provider", "update", "acme/gpt", "--name", "GPT-4o").error == "nothing to change\n"
        )
    }

    @Test func dryRunPrintsPatchThatGitApplies() async throws {
        let (folder, program) = try await repository()
        for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "one"]] {
            try program.tool("sh", "-c", "git " + arguments.joined(separator: " "))
        }
        let update = ["provider", "update", "acme/gpt", "--handle", "moved", "--base-url", "https://api.openai.com/v1"]
        let dry = try await program.run(update + ["--dry-run"])
        #expect(dry.exitCode == 0 && dry.error == "")
        #expect(
            try folder.read("providers/acme/gpt.yaml") == Self.provider && !folder.exists("providers/acme/moved.yaml")
        )
        try folder.write("edit.patch", dry.output)
        try program.tool("git", "apply", "edit.patch")
        let applied = try folder.read("providers/acme/moved.yaml")
        #expect(!folder.exists("providers/acme/gpt.yaml"))
        try program.tool("git", "apply", "--reverse", "edit.patch")
        let wet = try await program.run(update)
        #expect(wet.output == dry.output)
        #expect(try folder.read("providers/acme/moved.yaml") == applied)
        #expect(try program.tool("git", "log", "--oneline").output.split(separator: "\n").count == 1)
    }

    @Test func renamingHandleUpdatesPolicies() async throws {
        let (folder, program) = try await repository()
        let policy = ["policy", "create", "reader", "--allow", "*", "--resource", "acme/gpt", "acme/local"]
        #expect(try await program.run(policy).exitCode == 0)
        let run = try await program.run("provider", "update", "acme/gpt", "--handle", "gpt-new")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(try folder.read("roster.yaml").contains("resource: [acme/gpt-new, acme/local]"))
        #expect(try folder.read("providers/acme/gpt-new.yaml") == Self.provider)
        #expect(try await program.run("check").exitCode == 0)
        #expect(try await program.run("provider", "update", "acme/gpt-new", "--handle", "local").exitCode == 3)
        #expect(try await program.run("provider", "update", "acme/gpt-new", "--handle", "No").exitCode == 64)
    }

    @Test func deleteKeepsSharedSecret() async throws {
        let (folder, program) = try await repository()
        try folder.write(
            "providers/acme/two.yaml",
            Self.provider.replacing("8QzKx0vT2mWb4NcR", with: "8QzKx0vT2mWb4Nc2").replacing("GPT", with: "Two")
        )
        let shared = try await program.run("provider", "delete", "acme/gpt", "--with-secret")
        #expect(shared.exitCode == 1 && shared.error.contains("acme/two"))
        #expect(folder.exists("providers/acme/gpt.yaml"))
        let one = try await program.run("provider", "delete", "acme/gpt")
        #expect(one.exitCode == 0 && !folder.exists("providers/acme/gpt.yaml"))
        // The link of an invalid file is unknown.
        try folder.write("providers/acme/broken.yaml", "id: [\n")
        let unknown = try await program.run("provider", "delete", "acme/two", "--with-secret")
        #expect(unknown.exitCode == 1 && unknown.error.contains("may link the secret"), "\(unknown.error)")
        #expect(folder.exists("secrets/acme/openai.yaml"))
        try program.tool("rm", "providers/acme/broken.yaml")
        let two = try await program.run("provider", "delete", "aip_8QzKx0vT2mWb4Nc2", "--with-secret")
        #expect(two.exitCode == 0, "\(two.error)")
        #expect(!folder.exists("providers/acme/two.yaml") && !folder.exists("secrets/acme/openai.yaml"))
        #expect(try await program.run("provider", "delete", "acme/local", "--with-secret").exitCode == 64)
    }

    @Test func rejectsEditWithNewErrorUnlessForced() async throws {
        let (folder, program) = try await repository()
        let arguments = ["provider", "update", "acme/gpt", "--base-url", "https://evil.example.com/v1"]
        let refused = try await program.run(arguments)
        #expect(refused.exitCode == 1 && refused.output == "")
        #expect(refused.error.contains("error[secret-host-mismatch]") && refused.error.contains("--force"))
        #expect(try folder.read("providers/acme/gpt.yaml") == Self.provider)
        let forced = try await program.run(arguments + ["--force"])
        #expect(forced.exitCode == 0 && forced.error.contains("check reports now:"))
        #expect(try await program.run("check").exitCode == 1)
        // Existing errors do not block an edit.
        #expect(try await program.run("provider", "update", "acme/gpt", "--name", "Other").exitCode == 0)
    }

    @Test func jsonListsRecordsInAPIOrder() async throws {
        let (folder, program) = try await repository()
        try folder.write("providers/acme/broken.yaml", "id: [\n")
        let list = try await program.run("provider", "list", "--format", "json")
        #expect(list.exitCode == 0 && list.error.contains("1 file has errors"))
        let records = try #require(
            try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]]
        )
        #expect(records.map { $0["name"] as? String } == ["GPT-4o", "Local model"])
        let show = try await program.run("provider", "show", "acme/local", "--format", "json").output
        let members = show.split(separator: "\n").compactMap { line in
            line.hasPrefix("  \"") ? line.split(separator: "\"").dropFirst().first.map(String.init) : nil
        }
        #expect(
            members == [
                "id", "projectId", "secretId", "name", "provider", "defaultModel", "baseUrl", "config", "createdAt",
                "updatedAt", "handle", "endpoint",
            ]
        )
        #expect(show.contains("\"secretId\": null,") && show.contains("\"config\": null,"))
        #expect(try await program.run("provider", "list").output.contains("acme/gpt    openai  gpt-5.6   GPT-4o\n"))
        #expect(try await program.run("provider", "show", "acme/broken").exitCode == 3)
    }

    @Test(
        "Each kind of error has its exit code, and the message suggests a remedy",
        arguments: [
            (["show", "acme/gtp"], 3, "did you mean \"acme/gpt\"?"),
            (["update", "acme/nosuch", "--name", "x"], 3, "roster provider list"),
            (["update", "acme/gpt"], 64, "there is nothing to change"),
            (["update", "acme/gpt", "--unset", "name"], 64, "cannot be unset"),
            (["update", "acme/gpt", "--provider", "antropic"], 64, "did you mean \"anthropic\"?"),
            (["update", "acme/gpt", "--config", "x"], 64, "KEY=VALUE"),
            (["update", "acme/gpt", "--config", "x=1e999"], 64, "no number"),
            (["update", "acme/gpt", "--config-json", "[1]"], 64, "not a JSON object"),
            (["update", "acme/gpt", "--config-json", "{\"a\": 1, \"a\": 2}"], 64, "appears twice"),
            (["update", "acme/gpt", "--secret", "openia"], 3, "did you mean \"openai\"?"),
            (["create"], 64, "missing --project, --name, --provider, --default-model"),
            (["create", "--project", "acme", "--provider", "openai"], 64, "missing --name, --default-model"),
        ] as [([String], Int32, String)]
    )
    func mistakes(_ arguments: [String], _ code: Int32, _ words: String) async throws {
        let (folder, program) = try await repository()
        let run = try await program.run(["provider"] + arguments)
        #expect(run.exitCode == code && run.output == "")
        #expect(run.error.contains(words), "\(run.error)")
        #expect(try folder.read("providers/acme/gpt.yaml") == Self.provider)
    }

    @Test(.tags(.startsProgram)) func promptsForMissingFieldsOnTerminal() async throws {
        let (folder, program) = try await repository()
        let answers = """
            [["project", ""], ["name", "Asked for"], ["  10  custom", "nosuch"], ["a name from the list", "1"],
             ["default model", "gpt-5.6"], ["secret", "1"]]
            """
        let run = try converse(program, answers, "provider", "create")
        #expect(run.output.contains("   1  openai  (OpenAI)"))
        #expect(run.output.contains("created acme/asked-for"), "\(run.output)")
        let text = try folder.read("providers/acme/asked-for.yaml")
        #expect(text.hasSuffix("name: Asked for\nprovider: openai\ndefaultModel: gpt-5.6\nsecret: openai\n"))
    }

    @Test(.tags(.startsProgram), arguments: [("y", false), ("", true)])
    func deleteOffersUnsharedSecretOnTerminal(_ answer: String, staysThere: Bool) async throws {
        let (folder, program) = try await repository()
        let answers = "[[\"delete it too?\", \"\(answer)\"]]"
        let run = try converse(program, answers, "provider", "delete", "acme/gpt")
        #expect(run.exitCode == 0 && run.output.contains("the secret acme/openai"), "\(run.output)")
        #expect(!folder.exists("providers/acme/gpt.yaml"))
        #expect(folder.exists("secrets/acme/openai.yaml") == staysThere)
    }

    private func converse(_ program: RosterProgram, _ answers: String, _ arguments: String...) throws -> ProgramRun {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "conversation_peer.py").path
        return try program.tool(["python3", script, answers, BuiltProgram.path] + arguments)
    }

    @Test func distinguishesUnicodeNormalizationForms() async throws {
        let (folder, program) = try await repository()
        let (one, two) = ("\u{E9}", "e\u{301}")
        let edit = ["provider", "update", "acme/gpt"]
        func ends(with lines: String) throws -> Bool {
            try folder.read("providers/acme/gpt.yaml").utf8.reversed().starts(with: lines.utf8.reversed())
        }
        #expect(try await program.run(edit + ["--config", "\(two)=1", "--config", "\(one)=2"]).exitCode == 0)
        #expect(try ends(with: "openai\nconfig:\n  \"\(two)\": 1\n  \(one): 2"))
        #expect(try await program.run(edit + ["--config", "\(one)=3"]).exitCode == 0)
        #expect(try await program.run(edit + ["--unset", "config.\(two)"]).exitCode == 0)
        #expect(try ends(with: "openai\nconfig:\n  \(one): 3"))
        let json = "{\"\(one)\": 1, \"\(two)\": \"\(one)\"}"
        #expect(try await program.run(edit + ["--config-json", json]).exitCode == 0)
        let changed = try await program.run(edit + ["--config", "\(two)=\(two)"])
        #expect(changed.exitCode == 0 && changed.output.hasPrefix("--- a/"), "\(changed.error)")
    }

    @Test func forceDoesNotWriteTooLargeFile() async throws {
        let (folder, program) = try await repository()
        let long = "{\"a\": \"\(String(repeating: "x", count: 70_000))\"}"
        let run = try await program.run("provider", "update", "acme/gpt", "--config-json", long, "--force")
        #expect(run.exitCode == 1 && run.output == "" && run.error.contains("error[file-too-large]"))
        #expect(!run.error.contains("--force"))
        #expect(try folder.read("providers/acme/gpt.yaml") == Self.provider)
    }

    @Test(.tags(.startsProgram)) func splitsValuesAtUnicodeScalars() async throws {
        let (folder, program) = try await repository()
        let mark = try await program.run("provider", "update", "acme/gpt", "--config", "a=\u{301}x")
        #expect(mark.exitCode == 0, "\(mark.error)")
        #expect(
            try folder.read("providers/acme/gpt.yaml").utf8.reversed().starts(with: "a: \"\u{301}x\"".utf8.reversed())
        )
        let script = "exec \"$0\" provider update acme/gpt --name \"$(printf '\\377\\376')\" > out 2> err; true"
        try program.tool("sh", "-c", "(\(script.replacing("exec ", with: ""))); true", BuiltProgram.path)
        #expect(try folder.read("out") == "" && folder.read("err").contains("argument 5 is not UTF-8"))
    }

    @Test func printsNoDiffForFailedWrite() async throws {
        let (folder, program) = try await repository()
        try program.tool("ln", "-s", "nowhere", "providers/acme/taken.yaml")
        let run = try await program.run(
            "provider",
            "create",
            "--project",
            "acme",
            "--name",
            "Taken",
            "--provider",
            "ollama",
            "--default-model",
            "m",
            "--handle",
            "taken"
        )
        #expect(run.exitCode == 3 && run.output == "", "\(run)")
        #expect(folder.exists("providers/acme/gpt.yaml"))
    }

    @Test func writesKeyOnlyWithForceAndMasksIt() async throws {
        let (folder, program) = try await repository()
        let key = "sk-proj-" + String(repeating: "CanaryCanary0123", count: 3)
        let arguments = ["provider", "update", "acme/gpt", "--config", "note=\(key)"]
        let refused = try await program.run(arguments)
        let dry = try await program.run(arguments + ["--force", "--dry-run"])
        let forced = try await program.run(arguments + ["--force"])
        let list = try await program.run("provider", "show", "acme/gpt")
        #expect(refused.exitCode == 1 && dry.exitCode == 0 && forced.exitCode == 0)
        for run in [refused, dry, forced, list] { #expect(!(run.output + run.error).contains("CanaryCanary")) }
        #expect(try folder.read("providers/acme/gpt.yaml").contains("note: \(key)"))
    }
}
