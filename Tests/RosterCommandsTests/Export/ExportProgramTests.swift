import Foundation
import RosterTestSupport
import Testing

/// `roster export` of the example.
@Suite("roster export")
struct ExportProgramTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let fixtures = root.appending(path: "Tests/Fixtures/export")
    static let formats = ["litellm", "dotenv", "opencode", "envoy-ai-gateway", "kubernetes", "openai-json"]

    /// Returns the path of a script in the folder of this file.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name).path
    }

    /// Returns a copy of the example of this repository.
    static func example() throws -> (folder: ScratchFolder, program: RosterProgram) {
        let folder = try ScratchFolder()
        for name in ["roster.yaml", "providers", "secrets"] {
            try FileManager.default.copyItem(atPath: root.path + "/" + name, toPath: folder.path + "/" + name)
        }
        return (folder, RosterProgram(folder: folder.path))
    }

    /// Records what an export wrote when `ROSTER_RECORD` is set, and returns the recorded text.
    private func golden(_ format: String, _ run: ProgramRun) throws -> String {
        let text = run.output + "\n" + run.error
        let url = Self.fixtures.appending(path: format + ".txt")
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(format)")
        }
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    @Test(arguments: formats)
    func exportOfExampleMatchesFixture(_ format: String) async throws {
        let (folder, program) = try Self.example()
        let run = try await program.run("export", format)
        #expect(run.exitCode == 0)
        #expect(try run.output + "\n" + run.error == golden(format, run))
        // The same bytes again, from other dates, and from a compiled registry.
        try program.tool("find", "providers", "secrets", "-exec", "touch", "-d", "2020-01-01", "{}", "+")
        #expect(try await program.run("export", format) == run)
        #expect(try await program.run("compile", "-o", "registry.json").exitCode == 0)
        #expect(try await program.run("export", format, "--registry", "registry.json") == run)
        let file = try await program.run("export", format, "-o", "out")
        #expect(try file.output.isEmpty && file.error == run.error && folder.read("out") == run.output)
        let strict = try await program.run("export", format, "--strict")
        #expect(strict.exitCode == (run.error.isEmpty ? 0 : 1) && strict.output == run.output)
        let quiet = try await program.run("export", format, "--quiet")
        #expect(quiet.error == run.error)
    }

    @Test(arguments: [("kubernetes", 2), ("envoy-ai-gateway", 37)])
    func kubernetesAcceptsObjects(_ format: String, _ count: Int) async throws {
        let (folder, program) = try Self.example()
        let text = try await program.run("export", format).output
        let kinds = try program.tool(
            "python3",
            Self.script("export_schema_peer.py"),
            "kubernetes",
            Self.fixtures.path,
            input: Data(text.utf8)
        )
        #expect(try JSONDecoder().decode([String].self, from: Data(kinds.output.utf8)).count == count)
        withExtendedLifetime(folder) {}
    }

    @Test func opencodeAcceptsProviders() async throws {
        let (folder, program) = try Self.example()
        let text = try await program.run("export", "opencode").output
        let names = try program.tool(
            "python3",
            Self.script("export_schema_peer.py"),
            "opencode",
            Self.fixtures.path,
            input: Data(text.utf8)
        )
        #expect(try JSONDecoder().decode([String].self, from: Data(names.output.utf8)).count == 10)
        withExtendedLifetime(folder) {}
    }

    @Test func exportsNamedProvidersOnceInOrder() async throws {
        let (folder, program) = try Self.example()
        func handles(_ arguments: String...) async throws -> [String] {
            let run = try await program.run(["export", "openai-json"] + arguments)
            #expect(run.exitCode == 0, "\(run)")
            let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
            return (list ?? []).compactMap { $0["handle"] as? String }
        }
        #expect(try await handles("labs/vllm", "claude", "aip_wh07ZxP20aoCLAzB") == ["labs/vllm", "acme/claude"])
        #expect(try await handles("--project", "labs").count == 5)
        #expect(try await handles().count == 10)
        withExtendedLifetime(folder) {}
    }

    @Test func reportsAnExportOfNothing() async throws {
        let (folder, program) = try Self.example()
        let text = try folder.read("roster.yaml")
        let project = "projects:\n  empty:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Empty\n"
        try folder.write("roster.yaml", text.replacing("projects:\n", with: project))
        for format in Self.formats {
            let run = try await program.run("export", format, "--project", "empty")
            #expect(run.exitCode == 0 && run.error == "warning: there are no providers to export\n", "\(run)")
            #expect(try await program.run("export", format, "--project", "empty", "--strict").exitCode == 1)
        }
        let unknown = try await program.run("export", "litellm", "--project", "emtpy")
        #expect(unknown.exitCode == 3 && unknown.error.contains("did you mean \"empty\"?"), "\(unknown)")
    }

    @Test func refusesProvidersWithErrorsAndWritesNothing() async throws {
        let (folder, program) = try Self.example()
        let text = try folder.read("providers/labs/vllm.yaml")
        for broken in [text.replacing("https://", with: "ftp://"), "provider: [\n", "name: x\n"] {
            try folder.write("providers/labs/vllm.yaml", broken)
            let run = try await program.run("export", "litellm", "-o", "litellm.yaml")
            #expect(run.exitCode == 3 && run.error.contains("labs/vllm"), "\(run)")
            #expect(run.output.isEmpty && !folder.exists("litellm.yaml"))
            #expect(try await program.run("export", "litellm", "--project", "acme").exitCode == 0)
        }
    }

    @Test func namesProvidersThatShareVariables() async throws {
        let (folder, program) = try Self.example()
        let text = try folder.read("roster.yaml")
        let project = "projects:\n  acme-gpt:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Other\n"
        try folder.write("roster.yaml", text.replacing("projects:\n", with: project))
        try folder.write(
            "providers/acme-gpt/4o.yaml",
            "id: aip_5mLd1oQaRw7yXz2B\nname: Other\nprovider: ollama\ndefaultModel: m\n"
        )
        for format in Self.formats {
            let run = try await program.run("export", format)
            #expect(run.exitCode == 3 && run.output.isEmpty)
            #expect(run.error.contains("acme-gpt/4o") && run.error.contains("acme/gpt-4o"), "\(run)")
        }
        #expect(try await program.run("export", "litellm", "--project", "acme").exitCode == 0)
    }

    @Test func refusesToReplaceFilesOfTheRepository() async throws {
        let (folder, program) = try Self.example()
        for name in ["roster.yaml", "providers/acme/claude.yaml", "secrets/acme/new.yaml"] {
            let run = try await program.run("export", "litellm", "-o", name)
            #expect(run.exitCode == 64, "\(run)")
        }
        #expect(try await program.run("check").exitCode == 0)
        withExtendedLifetime(folder) {}
    }

    /// Changed lines of records, a format that cannot express them, and the beginning of the reason.
    static let leftOut = [
        ("gemini", "defaultModel: a/b", "opencode", "no package sends its requests to https://"),
        ("gemini", "baseUrl: https://proxy.example/v1beta", "openai-json", "no URL of OpenAI's protocol is known"),
        ("gemini", "baseUrl: https://proxy.example/v1beta", "envoy-ai-gateway", "no URL of OpenAI's protocol is known"),
        ("gemini", "defaultModel: tunedModels/mine", "litellm", "LiteLLM would not send its requests to https://"),
        ("llama-local", "baseUrl: https://10.0.0.1", "envoy-ai-gateway", "a BackendTLSPolicy cannot verify"),
        ("llama-local", "baseUrl: http://[fd00::1]", "envoy-ai-gateway", "a Backend of Envoy Gateway needs a name"),
    ]

    @Test(arguments: leftOut)
    func reportsProvidersThatAreLeftOut(
        _ handle: String,
        _ line: String,
        _ format: String,
        _ why: String
    ) async throws {
        let (folder, program) = try Self.example()
        let path = "providers/labs/\(handle).yaml"
        let name = line.prefix { $0 != ":" } + ":"
        let lines = try folder.read(path).split(separator: "\n").filter { !$0.hasPrefix(name) }
        try folder.write(path, lines.joined(separator: "\n") + "\n\(line)\n")
        let secret = try folder.read("secrets/labs/google.yaml")
        let host = "generativelanguage.googleapis.com"
        try folder.write("secrets/labs/google.yaml", secret.replacing(host, with: "\(host), proxy.example"))
        let run = try await program.run("export", format)
        #expect(run.exitCode == 0 && run.error.contains("warning: labs/\(handle) is left out: \(why)"), "\(run)")
        #expect(!run.output.contains("labs/\(handle)") && !run.output.contains("labs-\(handle)"))
        #expect(try await program.run("export", format, "labs/\(handle)", "--strict").exitCode == 1)
        withExtendedLifetime(folder) {}
    }

    @Test func omitsValuesThatLiteLLMReplaces() async throws {
        let (folder, program) = try Self.example()
        try folder.write(
            "providers/acme/gateway.yaml",
            try folder.read("providers/acme/gateway.yaml").replacing("checkout", with: "os.environ/HOME")
        )
        let run = try await program.run("export", "litellm")
        #expect(run.exitCode == 0 && !run.output.contains("os.environ/HOME"))
        #expect(run.error.contains("warning: acme/gateway: config.headers.x-team is not exported: "))
    }
}
