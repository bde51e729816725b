import Foundation
import RosterTestSupport
import Testing

/// The LiteLLM proxy with an exported configuration.
@Suite("roster export litellm: the proxy")
struct LiteLLMProxyTests {
    /// A provider whose base URL is a path of the recording server.
    struct Case {
        var handle: String
        var slug: String
        var model: String
        var config = ""
        var key: String?
        /// The header with the key in LiteLLM's requests, where it is not the header of `ping`.
        var header: String?
    }

    /// Each slug of the example. LiteLLM serves all of them; the differences to `ping` are:
    ///
    /// - anthropic: the key is in `x-api-key`, and the version of the API is that of LiteLLM.
    /// - azure without a dated version: the key is in `Authorization`.
    /// - ollama and others: the body, which no test compares.
    static let cases = [
        Case(handle: "claude", slug: "anthropic", model: "claude-sonnet-5", key: "sk-A", header: "x-api-key"),
        Case(
            handle: "claude-bedrock",
            slug: "bedrock",
            model: "anthropic.claude-sonnet-5",
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
            config: "headers: {x-team: checkout}",
            key: "B"
        ),
        Case(handle: "gpt-4o", slug: "openai", model: "gpt-5.6", config: "organization: org-a", key: "C"),
        Case(
            handle: "gpt-4o-azure",
            slug: "azure",
            model: "gpt-4o-prod",
            config: "resourceName: acme-prod, apiVersion: 2026-06-01, model: gpt-6-sol",
            key: "D"
        ),
        Case(handle: "azure-v1", slug: "azure", model: "gpt-4o-prod", key: "E", header: "authorization"),
        Case(handle: "gemini", slug: "google", model: "gemini-3.8-flash", config: "version: v1beta", key: "F"),
        Case(handle: "grok", slug: "xai", model: "grok-4.7", config: "region: eu-west-1", key: "G"),
        Case(handle: "llama-groq", slug: "groq", model: "openai/gpt-oss-120b", key: "H"),
        Case(handle: "llama-local", slug: "ollama", model: "llama3.3:70b"),
        Case(handle: "vllm", slug: "custom", model: "qwen3-32b", config: "retry: {max: 3}"),
    ]

    private struct Report: Decodable {
        struct Answer: Decodable {
            var status: Int
            var text: String
        }

        var answers: [String: Answer]
        var models: [String]
    }

    /// Responses with the members that LiteLLM requires of Google and Groq.
    private static let answers = """
        {"POST /gemini/v1beta/models/gemini-3.8-flash:generateContent": [{"body": {"candidates": [{"content": {"parts":
        [{"text": "pong"}], "role": "model"}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 1,
        "candidatesTokenCount": 1, "totalTokenCount": 2}}}],
        "POST /llama-groq/openai/v1/chat/completions": [{"body": {"id": "c", "object": "chat.completion", "created": 1,
        "model": "m1", "service_tier": "on_demand", "choices": [{"index": 0, "finish_reason": "stop", "message":
        {"role": "assistant", "content": "pong"}}], "usage": {"prompt_tokens": 1, "completion_tokens": 1,
        "total_tokens": 2}}}]}
        """

    @Test func answersForEverySlug() async throws {
        let server = try RecordingServer(answers: Self.answers)
        let repository = try await Self.repository(server)
        let export = try await repository.run("export", "litellm", "-o", "litellm.yaml")
        try #require(export.exitCode == 0 && export.output.isEmpty, "\(export)")
        #expect(
            export.error == "warning: acme/vllm: config.retry is not exported: LiteLLM has no parameter for it\n"
        )
        for example in Self.cases {
            let ping = try await repository.run("ping", "acme/\(example.handle)")
            #expect(ping.exitCode == 0, "\(ping)")
        }
        let expected = try server.records()
        try #require(expected.count == Self.cases.count)

        let names = Self.cases.map { "acme/\($0.handle)" }
        let peer = ["python3", ExportProgramTests.script("litellm_peer.py"), "litellm.yaml"]
        let run = try await repository.run(["exec", "--all", "--"] + peer + names)
        try #require(run.exitCode == 0, "\(run)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.models == names.sorted())
        for name in names {
            let answer = try #require(report.answers[name])
            #expect(answer.status == 200 && answer.text == "pong", "\(name): \(answer)")
        }
        let found = try server.records().dropFirst(expected.count).filter { $0.method == "POST" }
        try #require(found.count == Self.cases.count, "\(found.map(\.target))")
        for (example, (found, expected)) in zip(Self.cases, zip(found, expected)) {
            #expect(found.target == expected.target)
            #expect(found.header("host") == expected.header("host"))
            try Self.compareKeys(example, found, expected)
            for name in ["x-team", "openai-organization"] {
                #expect(found.header(name) == expected.header(name), "\(example.handle)")
            }
        }
        withExtendedLifetime(repository) {}
    }

    private static func compareKeys(
        _ example: Case,
        _ found: RecordingServer.Record,
        _ expected: RecordingServer.Record
    ) throws {
        guard let key = example.key else {
            // The placeholder, without which LiteLLM would send the key of another provider.
            return #expect([nil, "Bearer unused"].contains(found.header("authorization")))
        }
        for name in ["authorization", "api-key", "x-goog-api-key"] where example.header == nil {
            // The signature depends on the time and on the body.
            let (one, other) = (found.header(name), expected.header(name))
            #expect(credential(one) == credential(other), "\(example.handle) \(name)")
        }
        guard let header = example.header else { return }
        let value = try #require(found.header(header), "\(example.handle)")
        #expect([key, "Bearer " + key].contains(value))
        #expect([key, "Bearer " + key].contains(expected.header("authorization") ?? expected.header("api-key")))
    }

    private static func credential(_ value: String?) -> Substring? {
        guard let value, value.hasPrefix("AWS4") else { return value?[...] }
        return value.prefix { $0 != "," }
    }

    /// Returns a repository with the provider of each case at a server.
    static func repository(
        _ server: RecordingServer,
        _ cases: [Case] = cases
    ) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        for example in cases {
            var rest = "baseUrl: \(server.url)/\(example.handle)"
            if let key = example.key {
                try await repository.seal(key, "acme/" + example.handle)
                rest += "\nsecret: \(example.handle)"
            }
            if !example.config.isEmpty { rest += "\nconfig: {\(example.config)}" }
            try repository.add(
                example.slug,
                handle: example.handle,
                model: "'\(example.model.replacing("'", with: "''"))'",
                rest
            )
        }
        return repository
    }
}
