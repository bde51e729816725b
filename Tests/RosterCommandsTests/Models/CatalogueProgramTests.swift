import Foundation
import RosterTestSupport
import Testing

/// `roster models catalogue`, and the catalogue of a repository in git.
@Suite("roster models catalogue")
struct CatalogueProgramTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let own = """
        {"catalogue": 1, "built": "2026-11-20", "models": [
         {"provider": "openai", "model": "gpt-5.6", "retires": "2026-12-24", "successors": ["gpt-6-sol"]}]}

        """

    private static func wheel() throws -> String {
        let code = """
            from importlib.metadata import distribution
            print(distribution("litellm").locate_file("litellm/model_prices_and_context_window_backup.json"))
            """
        return try Tools(folder: example.path).tool(["python3", "-c", code]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func printsTheCatalogueInsideTheProgram() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        let run = try await program.run("models", "catalogue")
        #expect(run.exitCode == 0, "\(run)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(json["catalogue"] as? Int == 1 && json["built"] as? String == "2026-11-29")
        #expect((json["models"] as? [[String: Any]])?.allSatisfy { !($0["sources"] as? [Any] ?? []).isEmpty } == true)
        #expect(try await program.run("models", "catalog", "show", "--built-in").output == run.output)
        let text = try await program.run("models", "catalogue", "--format", "text").output
        #expect(text.hasPrefix("built 2026-11-29, ") && text.contains("gpt-4-0613"))
        // What it prints is a catalogue.
        try folder.write("models.json", run.output)
        let merged = try await program.run(
            "models",
            "catalogue",
            "build",
            "--merge",
            "models.json",
            "--as-of",
            "2026-11-29"
        )
        #expect(merged.output == run.output)
    }

    @Test func buildsTheSameBytesTwiceFromThePinnedWheel() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        let hand = Self.example.appending(path: "scripts/models/by-hand.json").path
        for name in ["one.json", "two.json"] {
            let run = try await program.run(
                "models",
                "catalogue",
                "build",
                "--litellm",
                try Self.wheel(),
                "--merge",
                hand,
                "--as-of",
                "2026-11-29",
                "-o",
                name
            )
            #expect(run.exitCode == 0 && run.output.isEmpty, "\(run)")
        }
        #expect(try folder.read("one.json") == folder.read("two.json"))
        #expect(try await program.run("models", "catalogue", "--built-in").output == folder.read("one.json"))
    }

    @Test(
        "A file with a mistake is refused with its position, and nothing is written",
        arguments: [
            (
                "--litellm", "{\"m\":\n {\"litellm_provider\": \"openai\", \"input_cost_per_token\": -1}}",
                "f.json:2:57: "
            ),
            ("--deprecations", "[{\"shutdown_date\": \"soon\"}]", "f.json:1:20: "),
            ("--models-dev", "{\"openai\": [", "f.json:1:12: "), ("--merge", "{}", "f.json:1:1: "),
        ]
    )
    func refusesMistakes(_ option: String, _ text: String, _ place: String) async throws {
        let folder = try ScratchFolder()
        try folder.write("f.json", text)
        try folder.write("models.json", "before")
        let program = RosterProgram(folder: folder.path)
        let run = try await program.run("models", "catalogue", "build", option, "f.json", "-o", "models.json")
        #expect(run.exitCode == 3 && run.error.contains(place), "\(run)")
        #expect(try folder.read("models.json") == "before")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["f.json", "models.json"])
    }

    @Test func refusesFilesThatCannotBeRead() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        for path in ["missing.json", ".", "/dev/zero"] {
            let run = try await program.run("models", "catalogue", "build", "--litellm", path, "-o", "models.json")
            #expect(run.exitCode == 3, "\(run)")
        }
        #expect(try await program.run("models", "catalogue", "build", "-o", "models.json").exitCode == 64)
        #expect(!folder.exists("models.json"))
    }

    @Test func readsTheCatalogueOfARepository() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try Tools(folder: folder.path).tool(["git", "init", "--quiet", "--initial-branch", "main"])
        try folder.write(
            "providers/acme/gpt.yaml",
            "id: aip_8QzKx0vT2mWb4NcR\nname: GPT\nprovider: gateway\ndefaultModel: gpt-5.6\nbaseUrl: https://a.example.org/v1\n"
        )
        let tools = Tools(folder: folder.path)
        try tools.tool(["git", "add", "."])
        try tools.tool(["git", "commit", "-qm", "one"])
        func check(_ arguments: String...) async throws -> String {
            try await program.run(["check", "--as-of", "2026-11-29"] + arguments).output
        }
        #expect(!(try await check().contains("model-retiring")))
        try folder.write("models.json", Self.own.replacingOccurrences(of: "\"openai\"", with: "\"gateway\""))
        #expect(try await check().contains("model-retiring"))
        #expect(!(try await check("--staged").contains("model-retiring")))
        try tools.tool(["git", "add", "models.json"])
        #expect(try await check("--staged").contains("model-retiring"))
        let diff = try await program.run("diff", "HEAD", "--staged")
        #expect(diff.output.contains("models.json:1") && diff.output.contains("[catalogue-changed]"), "\(diff)")
        try tools.tool(["git", "commit", "-qm", "two"])
        #expect(try await check("--rev", "HEAD").contains("model-retiring"))
        #expect(!(try await check("--rev", "HEAD^").contains("model-retiring")))
        #expect(try await program.run("models", "catalogue").output.contains("gpt-6-sol"))
        #expect(!(try await program.run("models", "catalogue", "--rev", "HEAD^").output.contains("\"gateway\"")))
        try folder.write("models.json", "{")
        let broken = try await program.run("check", "--format", "json")
        #expect(broken.exitCode == 1 && broken.output.contains("invalid-catalogue"), "\(broken)")
        #expect(try await program.run("models", "catalogue").error.contains("models.json:1:2: "))
        let refused = try await program.run("compile", "-o", "models.json")
        #expect(refused.exitCode == 64, "\(refused)")
    }

    @Test func showsPriceAndContextInAReview() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try Tools(folder: folder.path).tool(["git", "init", "--quiet", "--initial-branch", "main"])
        func write(_ model: String) throws {
            try folder.write(
                "providers/acme/grok.yaml",
                "id: aip_8QzKx0vT2mWb4NcR\nname: Grok\nprovider: bedrock\ndefaultModel: \(model)\nconfig: {region: us-east-1, auth: ambient}\n"
            )
        }
        try write("anthropic.claude-sonnet-5")
        let tools = Tools(folder: folder.path)
        try tools.tool(["git", "add", "."])
        try tools.tool(["git", "commit", "-qm", "one"])
        try write("us.amazon.nova-canvas-v1:0")
        let text = try await program.run("diff", "HEAD").output
        #expect(text.contains("defaultModel.price    2 in, 10 out USD per 1M → none"), "\(text)")
        #expect(text.contains("AWS Bedrock retired amazon.nova-canvas-v1:0 on 2026-09-30"), "\(text)")
        #expect(text.contains("[retired-model-adopted]"), "\(text)")
        // Of an older commit, the same change of a name alone has no such reason.
        try tools.tool(["git", "commit", "-qam", "two"])
        let path = folder.path + "/providers/acme/grok.yaml"
        let renamed = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "Grok", with: "Nova")
        try renamed.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(!(try await program.run("diff", "HEAD").output.contains("retired-model-adopted")))
    }

    @Test func findsTheExampleRepositoryClean() async throws {
        let program = RosterProgram(folder: Self.example.path)
        let today = try await program.run("check", "--strict", "--as-of", "2026-11-29")
        #expect(today.exitCode == 0, "\(today)")
        let later = try await program.run("check", "--strict", "--as-of", "2028-01-01")
        #expect(later.exitCode == 1 && later.output.contains("gpt-4o-azure.yaml"), "\(later)")
    }
}
