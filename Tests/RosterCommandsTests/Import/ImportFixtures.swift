import Foundation
import RosterBridges
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources
import RosterTestSupport

@testable import RosterCommands

/// The configurations in `Tests/Fixtures/litellm`, with keys that are new in every run.
struct ImportFixtures {
    /// The folder of the files with their keys.
    let folder: ScratchFolder
    /// The values of the variables in `keys.env`.
    let variables: [String: String]
    /// The keys that are in the files in the clear, by their placeholder.
    let clear: [String: String]

    /// The names of the configurations.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: source.path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    private static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/litellm").standardizedFileURL

    /// Every key.
    var keys: [String] {
        let names = variables.keys.filter { !["AZURE_API_BASE", "AZURE_API_VERSION"].contains($0) }
        return names.compactMap { variables[$0] } + clear.values
    }

    /// Writes the files.
    init() throws {
        folder = try ScratchFolder()
        let clear = [
            "@OPENAI@": "sk-proj-" + Self.random(48), "@MASTER@": "sk-" + Self.random(24),
            "@AWSID@": "AKIA" + Self.random(16).uppercased(), "@AWSSECRET@": Self.random(40),
        ]
        var variables = [
            "AZURE_API_BASE": "https://acme-var.openai.azure.com", "AZURE_API_VERSION": "2024-06-01",
            "AWS_ACCESS_KEY_ID": "AKIA" + Self.random(16).uppercased(), "AWS_SECRET_ACCESS_KEY": Self.random(40),
            "TEMP_KEY_ID": "ASIA" + Self.random(16).uppercased(), "TEMP_SECRET": Self.random(40),
            "TEMP_TOKEN": Self.random(80), "BEDROCK_TOKEN": "ABSK" + Self.random(60),
            "ANTHROPIC_API_KEY": "sk-ant-api03-" + Self.random(80), "GEMINI_API_KEY": "AIza" + Self.random(35),
            "GROQ_API_KEY": "gsk_" + Self.random(52), "XAI_API_KEY": "xai-" + Self.random(80),
            "OPENAI_API_KEY": "sk-proj-" + Self.random(48), "OPENAI_API_KEY_2": "sk-proj-" + Self.random(48),
        ]
        for name in Self.plainVariables { variables[name] = Self.random(32) }
        (self.clear, self.variables) = (clear, variables)
        for case let path as String in FileManager.default.enumerator(atPath: Self.source.path) ?? .init()
        where path.hasSuffix(".yaml") {
            var text = try String(contentsOf: Self.source.appending(path: path), encoding: .utf8)
            for (mark, key) in clear { text = text.replacing(mark, with: key) }
            try folder.write(path, text)
        }
        let lines = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
        try folder.write("keys.env", lines.joined())
    }

    private static let plainVariables = [
        "INTERNAL_LLM_KEY", "AZURE_API_KEY", "AZURE_WEST_KEY", "AZURE_EAST_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY",
        "TOGETHERAI_API_KEY", "OPENROUTER_API_KEY", "FIREWORKS_AI_API_KEY", "PERPLEXITYAI_API_KEY", "VENDOR_KEY",
        "COHERE_API_KEY", "HF_TOKEN", "LITELLM_PROXY_API_KEY", "DATABRICKS_API_KEY", "OLLAMA_API_KEY", "GATEWAY_KEY",
    ]

    /// Returns random letters and digits, at least one of each.
    static func random(_ count: Int) -> String {
        let characters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return "k7" + String((2..<count).map { _ in characters.randomElement() ?? "x" })
    }
}

/// A repository with a project and a sealing key, which imports are written to.
struct ImportRepository {
    let folder: ScratchFolder
    let program: RosterProgram

    init() async throws {
        let home = try ScratchFolder()
        folder = try ScratchFolder(keeping: home)
        try folder.write(
            "roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        self.program = program
        _ = try await program.run("key", "generate", "--name", "first")
    }

    /// The file of the identity that opens the secrets.
    var identity: String {
        get throws {
            let path = (folder.companion?.path ?? "") + "/roster/identities"
            return path + "/" + (try FileManager.default.contentsOfDirectory(atPath: path).first ?? "")
        }
    }

    /// Imports a file, and returns its result as JSON.
    func imported(_ arguments: String...) async throws -> (run: ProgramRun, json: ImportedJSON?) {
        let run = try await program.run(["import"] + arguments + ["--project", "acme", "--format", "json"])
        return (run, try? JSONDecoder().decode(ImportedJSON.self, from: Data(run.output.utf8)))
    }

    /// The files of the repository with their bytes, without those of git.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
            files[path] = FileManager.default.contents(atPath: folder.path + "/" + path)
        }
        return files
    }
}

/// The JSON of an import.
struct ImportedJSON: Decodable {
    struct Provider: Decodable {
        var handle: String
        var names: [String]
        var created: Bool
    }

    struct Secret: Decodable {
        var handle: String
        var state: String
        var command: String?
    }

    struct Finding: Decodable {
        var kind: String
        var file: String
        var line: Int
        var column: Int
        var path: String
        var message: String
    }

    var written: Bool
    var providers: [Provider]
    var secrets: [Secret]
    var findings: [Finding]
    var patch: String?

    /// Returns the finding of a value.
    func finding(_ path: String) -> Finding? { findings.first { $0.path == path } }
}
