import Foundation
import RosterCompiler
import RosterPages
import RosterRuntime
import RosterTestSupport
import Testing

/// The snippets of pages, pasted into a shell with the real programs and libraries.
@Suite("Pages: pasted snippets")
struct PastedSnippetTests {
    private typealias Case = LiteLLMProxyTests.Case

    /// Each slug, with models and headers whose characters shells and programs give a meaning.
    private static let cases = [
        Case(handle: "claude", slug: "anthropic", model: "claude-sonnet-5", config: "version: 2023-06-01", key: "sk-A"),
        Case(
            handle: "claude-bedrock",
            slug: "bedrock",
            model: "--debug",
            config: "region: eu-central-1",
            key: RuntimeRepository.pair
        ),
        Case(
            handle: "claude-token",
            slug: "bedrock",
            model: "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5",
            config: "region: eu-central-1",
            key: #"{"apiKey":"ABSKx/y="}"#
        ),
        Case(
            handle: "gateway",
            slug: "gateway",
            model: "router-large",
            config: #"headers: {x-team: "it's $(id) \"!\""}"#,
            key: "B"
        ),
        Case(
            handle: "gpt-4o",
            slug: "openai",
            model: #"it's "<m>" $(id)!"#,
            config: "organization: org-a, project: proj-a",
            key: "C"
        ),
        Case(
            handle: "gpt-4o-azure",
            slug: "azure",
            model: "gpt-4o-prod",
            config: "resourceName: acme-prod, apiVersion: 2026-06-01",
            key: "D"
        ),
        Case(handle: "azure-v1", slug: "azure", model: "gpt-4o-prod", key: "E"),
        Case(handle: "gemini", slug: "google", model: "gemini-3.8-flash", config: "version: v1beta", key: "F"),
        Case(handle: "grok", slug: "xai", model: "grok-4.7", key: "G"),
        Case(handle: "llama-groq", slug: "groq", model: "openai/gpt-oss-120b", key: "H"),
        Case(handle: "llama-local", slug: "ollama", model: "llama3.3:70b"),
        Case(handle: "llama-key", slug: "ollama", model: "llama3.3:70b", key: "I"),
        Case(handle: "vllm", slug: "custom", model: "qwen3-32b", config: "headers: {x-team: a}"),
    ]
    /// The proxy takes six seconds of processor time to start, and `LiteLLMProxyTests` asks one for all slugs.
    private static let withProxy: Set = ["claude-token", "gateway"]

    private struct Result: Decodable {
        var code: Int32
        var output: String
        var error: String
    }

    @Test("A pasted snippet sends the key and the model to the URL of ping", .tags(.startsProgram))
    func sendsWhatPingSends() async throws {
        let server = try RecordingServer()
        let repository = try await LiteLLMProxyTests.repository(server, Self.cases)
        let compiled = try await repository.run("compile", "-o", "registry.json")
        try #require(compiled.exitCode == 0, "\(compiled)")
        let registry = try await RegistryDecoder.decode(Array(repository.folder.read("registry.json").utf8))
        var snippets: [String: [Snippet]] = [:]
        for example in Self.cases {
            let name = "acme/\(example.handle)"
            let ping = try await repository.run("ping", name)
            try #require(ping.exitCode == 0, "\(ping)")
            let all = Snippet.all(for: try registry.provider(name))
            #expect(all.count == 6)
            snippets[name] = all.filter {
                ["curl", "AWS CLI", "Python"].contains($0.title)
                    || $0.title == "LiteLLM" && Self.withProxy.contains(example.handle)
            }
        }
        let pings = try server.records()
        try #require(pings.count == Self.cases.count)
        let results = try await Self.paste(snippets, repository)
        let records = try server.records().dropFirst(pings.count)
        for (example, ping) in zip(Self.cases, pings) {
            let name = "acme/\(example.handle)"
            // The proxy also asks some servers for their models.
            let found = records.filter { $0.method == "POST" && $0.target.hasPrefix("/\(example.handle)/") }
            let (snippets, results) = (snippets[name] ?? [], results[name] ?? [])
            for (snippet, result) in zip(snippets, results) {
                #expect(result.code == 0 && result.output.contains("pong"), "\(name), \(snippet.title): \(result)")
            }
            try #require(found.count == snippets.count, "\(name): \(found.map(\.target))")
            for (snippet, record) in zip(snippets, found) {
                try Self.compare(record, ping, example, "\(name), \(snippet.title)")
            }
        }
    }

    private static func paste(
        _ snippets: [String: [Snippet]],
        _ repository: RuntimeRepository
    ) async throws -> [String: [Result]] {
        let scratch = try ScratchFolder()
        let input = snippets.mapValues { snippets in
            snippets.map { snippet in
                [
                    "title": snippet.title,
                    "blocks": snippet.blocks.map { ["file": $0.file ?? "", "text": $0.text] },
                ] as [String: Any]
            }
        }
        try scratch.write("snippets.json", try JSONSerialization.data(withJSONObject: input))
        // Other tests go on while the programs run.
        let run = try await repository.program.toolInBackground(
            "python3",
            RecordingServer.script("paste_peer.py"),
            repository.folder.path,
            scratch.path,
            BuiltProgram.path
        )
        withExtendedLifetime((repository, scratch)) {}
        return try JSONDecoder().decode([String: [Result]].self, from: Data(run.output.utf8))
    }

    /// Compares a request with that of `ping`; the bodies of libraries differ in all but the model.
    private static func compare(
        _ found: RecordingServer.Record,
        _ ping: RecordingServer.Record,
        _ example: Case,
        _ title: String
    ) throws {
        #expect(found.target == ping.target, "\(title)")
        #expect(found.header("host") == ping.header("host"), "\(title)")
        if let model = try ping.json()?["model"] as? String {
            #expect(try found.json()?["model"] as? String == model, "\(title)")
        }
        let keys = ["authorization", "api-key", "x-goog-api-key", "x-api-key"]
        let (sent, expected) = (keys.compactMap(found.header), keys.compactMap(ping.header))
        // The library of OpenAI sends the key of Azure, and that of Anthropic its own, in another header.
        let bare = Set(sent.map(credential))
        if example.key == nil {
            #expect(bare.isSubset(of: ["unused"]), "\(title): \(sent)")
        } else {
            #expect(!sent.isEmpty && bare == Set(expected.map(credential)), "\(title): \(sent)")
        }
        for name in ["x-team", "openai-organization", "openai-project"] {
            #expect(found.header(name) == ping.header(name), "\(title): \(name)")
        }
        if example.slug == "anthropic" { #expect(found.header("anthropic-version") == "2023-06-01", "\(title)") }
    }

    /// Returns a key without its scheme; of a signature, the key's id, the region and the service.
    private static func credential(_ value: String) -> String {
        let value = value.hasPrefix("AWS4") ? value.prefix { $0 != "," } : value[...]
        return value.hasPrefix("Bearer ") ? String(value.dropFirst("Bearer ".count)) : String(value)
    }
}
