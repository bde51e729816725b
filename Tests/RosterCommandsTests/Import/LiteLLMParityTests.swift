import Foundation
import RosterCompiler
import RosterEditing
import RosterModel
import RosterRuntime
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterBridges
@testable import RosterCommands

/// Imported providers compared with LiteLLM, which loads the same configurations.
@Suite("Import: parity with LiteLLM")
struct LiteLLMParityTests {
    /// A request that LiteLLM sends, or the reason for which it sends none.
    struct SentRequest: Decodable {
        var name: String?
        var error: String?
        var url: String?
        var headers: [String: String]?
        var body: String?

        /// The key of the request, without its scheme; nil without one.
        var key: String? {
            let headers = headers ?? [:]
            let value =
                headers["api-key"] ?? headers["x-api-key"] ?? headers["x-goog-api-key"] ?? headers["authorization"]
            return value.map(LiteLLMParityTests.key)
        }

        var model: String? { body.flatMap(LiteLLMParityTests.model) }
    }

    enum Answer: Decodable {
        case requests([SentRequest])
        case failure

        init(from decoder: any Decoder) throws {
            let requests = try? decoder.singleValueContainer().decode([SentRequest].self)
            self = requests.map(Self.requests) ?? .failure
        }
    }

    /// The words of findings that explain a difference.
    private static let explanations = [
        "/api/generate", "v1alpha", "LiteLLM sends to", "no key:", "Responses API", "own protocol", "header with a key",
        "header api-key", "a placeholder", "any model of", "ambient", "assumes no role",
    ]

    @Test("LiteLLM sends its requests where the imported providers send theirs, with the same key and model")
    func parity() async throws {
        let fixtures = try ImportFixtures()
        #expect(ImportFixtures.names.count >= 60)
        let answers = try await askLiteLLM(fixtures)
        var compared = 0
        for name in ImportFixtures.names {
            guard case .requests(let requests)? = answers[name] else {
                #expect(name == "include-one.yaml", "\(name)")
                continue
            }
            let (plan, folder) = try await imported(name, fixtures)
            try #require(plan.names.count == requests.count, "\(name)")
            let run = try await folder.program.run("compile")
            try #require(run.exitCode == 0, "\(name): \(run)")
            let registry = try await RegistryDecoder.decode(Array(run.output.utf8))
            for (index, request) in requests.enumerated() {
                guard let full = plan.names[index] else { continue }
                guard request.url != nil else {
                    // LiteLLM cannot send this one from here.
                    #expect(["entra", "claude-role", "like", "hub"].contains(request.name), "\(name): \(request)")
                    continue
                }
                let provider = try registry.provider(full)
                let identities = try ProviderIdentities(files: [try folder.identity])
                let ours = try provider.open(identities).chatRequest("ping", maximumTokens: 16)
                try compare(request, ours, notes(of: index, in: plan), "\(name): \(full)")
                compared += 1
            }
        }
        #expect(compared > 100)
    }

    private func compare(_ theirs: SentRequest, _ ours: ProviderRequest, _ notes: [String], _ name: String) throws {
        let isEmbedding = theirs.url?.hasSuffix("/embeddings") == true
        let header = ours.headers.first { $0.isSecret && $0.name.lowercased() != "x-amz-security-token" }
        let ourKey = header.map { Self.key($0.value) }
        let isKeyless = ["fake-api-key", "none", "fake-key", "dummy"].contains(theirs.key) && ourKey == nil
        let differences = [
            theirs.url == ours.url || isEmbedding ? nil : "\(theirs.url ?? "") and \(ours.url)",
            theirs.key == ourKey || isKeyless ? nil : "another key",
            theirs.model == nil || theirs.model == Self.model(String(decoding: ours.body, as: UTF8.self))
                ? nil : "\(theirs.model ?? "") as the model",
        ].compactMap(\.self)
        guard !differences.isEmpty else { return }
        let isExplained = notes.contains { note in Self.explanations.contains { note.contains($0) } }
        #expect(isExplained, "\(name): \(differences), \(notes)")
    }

    /// The remarks about a deployment.
    private func notes(of index: Int, in plan: ImportPlan) -> [String] {
        plan.notes.notes.values.flatMap(\.self).filter { $0.provider == index && $0.kind != .taken }.map(\.message)
    }

    /// Returns the key in the value of a header; of a signature the id and its scope.
    private static func key(_ value: String) -> String {
        if let credential = value.split(separator: " ").first(where: { $0.hasPrefix("Credential=") }) {
            let parts = credential.split(separator: "/")
            return "\(parts[0]) \(parts[2])"
        }
        return value.hasPrefix("Bearer ") ? String(value.dropFirst(7)) : value
    }

    private static func model(_ body: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return object?["model"] as? String
    }

    /// Imports a configuration in process, and returns its plan with the repository that it was written to.
    private func imported(_ name: String, _ fixtures: ImportFixtures) async throws -> (ImportPlan, ImportRepository) {
        let repository = try await ImportRepository()
        let tree = WorkingTree(root: repository.folder.path)
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let editor = Editor(try await compiler.analyze(tree), of: tree, compiler: compiler, pathPrefix: "")
        let context = fixtures.context
        var configuration = try context.liteLLM(name, models: ["fireworks_ai": "any-model"])
        let values = try context.variables(file: "keys.env")
        var planner = try ImportPlanner(
            configuration.read(using: values),
            in: editor,
            project: "acme",
            today: CalendarDate(daysSince1970: 20_000),
            bedrock: .accepted
        )
        try await planner.compare()
        let plan = try await planner.plan(sealing: configuration.source, values) { try editor.activeSealingKeys() }
        try WorkingTreeWriter(root: repository.folder.path).apply(plan.edit?.changes ?? [])
        return (plan, repository)
    }

    private func askLiteLLM(_ fixtures: ImportFixtures) async throws -> [String: Answer] {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = here.appending(path: "../../..").standardizedFileURL
        let request: [String: Any] = [
            "folder": fixtures.folder.path, "files": ImportFixtures.names, "variables": fixtures.variables,
        ]
        let input = try JSONSerialization.data(withJSONObject: request)
        let tools = Tools(
            folder: fixtures.folder.path,
            environment: ["PYTHONPATH": root.appending(path: ".build/litellm").path]
        )
        let run = try tools.start("python3", [here.appending(path: "litellm_peer.py").path], input: input)
        try #require(run.exitCode == 0, "\(run.error)")
        return try JSONDecoder().decode([String: Answer].self, from: Data(run.output.utf8))
    }
}

extension ImportFixtures {
    /// The context of a command in the folder of the files.
    var context: CommandContext {
        RosterProgram(folder: folder.path).context(output: OutputBuffer(), error: OutputBuffer())
    }
}
