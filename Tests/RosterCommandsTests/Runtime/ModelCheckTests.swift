import Foundation
import RosterTestSupport
import Testing

/// `roster models --all --check`: the verdict of each slug for each behavior of a provider.
@Suite("roster models --check")
struct ModelCheckTests {
    private static let slugs = [
        "anthropic", "azure", "bedrock", "custom", "gateway", "google", "groq", "ollama", "openai", "xai",
    ]

    /// A behavior of a provider, and the verdicts that follow: of every slug, except some.
    struct Behavior: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var answer: String
        var verdict: String
        var others: [String: String] = [:]
        var exitCode: Int32
    }

    private static let unverified = [
        "azure": "cannot-tell", "gateway": "cannot-tell", "custom": "cannot-tell", "ollama": "cannot-tell",
    ]

    private static let behaviors = [
        Behavior(
            testDescription: "lists the model",
            answer: "{}",
            verdict: "served",
            others: ["azure": "cannot-tell"],
            exitCode: 0
        ),
        Behavior(
            testDescription: "lists other models",
            answer: #"""
                {"body": {"data": [{"id": "m2"}, {"id": "x"}], "models": [{"name": "models/m2", "model": "m2"}],
                          "modelSummaries": [{"modelId": "m2"}]}}
                """#,
            verdict: "missing",
            others: unverified,
            exitCode: 1
        ),
        Behavior(
            testDescription: "401",
            answer: #"{"status": 401, "echo": "json"}"#,
            verdict: "key-refused",
            exitCode: 1
        ),
        Behavior(
            testDescription: "403",
            answer: #"{"status": 403, "echo": "text"}"#,
            verdict: "key-refused",
            exitCode: 1
        ),
        Behavior(testDescription: "no list", answer: #"{"body": {"a": 1}}"#, verdict: "cannot-tell", exitCode: 0),
        Behavior(testDescription: "no JSON", answer: #"{"echo": "text"}"#, verdict: "cannot-tell", exitCode: 0),
        Behavior(
            testDescription: "500",
            answer: #"{"status": 500, "echo": "json"}"#,
            verdict: "cannot-tell",
            exitCode: 0
        ),
        Behavior(testDescription: "no answer", answer: #"{"raw": ""}"#, verdict: "unreachable", exitCode: 3),
    ]

    /// Returns a repository with a provider of each slug at a server.
    private static func repository(at server: RecordingServer) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal(RuntimeRepository.pair, "acme/aws")
        try await repository.seal()
        for slug in slugs {
            let config =
                ["azure": "config: {resourceName: acme}", "bedrock": "config: {region: eu-central-1}"][slug] ?? ""
            let secret = slug == "bedrock" ? "aws" : "key"
            try repository.add(slug, "secret: \(secret)\nbaseUrl: \(server.url)\n\(config)")
        }
        return repository
    }

    @Test("Each slug has its verdict, without a chat request and without the key", arguments: behaviors)
    func verdicts(behavior: Behavior) async throws {
        let server = try RecordingServer(answers: "{\"*\": [\(behavior.answer)]}")
        let repository = try await Self.repository(at: server)
        let run = try await repository.run("models", "--all", "--check", "--format", "json")
        #expect(run.exitCode == behavior.exitCode, "\(run.error)")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        let verdicts = rows.map { "\($0["provider"] ?? "") \($0["verdict"] ?? "")" }
        #expect(verdicts == Self.slugs.map { "acme/\($0) \(behavior.others[$0] ?? behavior.verdict)" })
        if behavior.verdict == "missing" {
            #expect(
                rows.filter { $0["verdict"] as? String == "missing" }.allSatisfy {
                    $0["nearest"] as? [String] == ["m2"]
                }
            )
        }
        var runs = [run]
        for format in ["text", "sarif", "junit"] {
            let run = try await repository.run("models", "--all", "--check", "--format", format)
            #expect(run.exitCode == behavior.exitCode)
            runs.append(run)
        }
        for run in runs {
            #expect(!RuntimeRepository.shows(run))
            #expect(!RuntimeRepository.shows(run, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        }
        let records = try server.records()
        #expect(records.count == 4 * Self.slugs.count, "one request for each provider")
        #expect(records.allSatisfy { $0.method == "GET" && $0.body.isEmpty && !$0.target.contains("chat") })
    }

    @Test func reportsFilesToCodeScanning() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"body": {"data": [{"id": "m1<\u001b"}]}}]}"#)
        let repository = try await RuntimeRepository.at(server)
        let sarif = try await repository.run("models", "--all", "--check", "--format", "sarif")
        let log = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any]
        let result = ((log?["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])?.first
        #expect(result?["ruleId"] as? String == "model-missing" && result?["level"] as? String == "error")
        #expect(sarif.output.contains("providers/acme/openai.yaml") && !sarif.output.contains("roster explain"))
        let junit = try await repository.run("models", "--all", "--check", "--format", "junit")
        #expect(junit.output.contains(#"<failure type="model-missing""#) && junit.output.contains("m1&lt;\\u{1b}"))
        let text = try await repository.run("models", "acme/openai", "--check")
        #expect(text.exitCode == 1 && text.output.hasPrefix("acme/openai  missing  m1  "), "\(text.output)")
        #expect(text.output.contains("similar: m1<\\u{1b}") && !text.output.contains("\u{1b}"))
    }

    @Test func reportsProvidersThatCannotBeAsked() async throws {
        let repository = try await RuntimeRepository()
        try repository.add("openai", "secret: absent\nbaseUrl: http://127.0.0.1:1/v1")
        try repository.add("ollama", "baseUrl: http://127.0.0.1:1")
        try repository.add("bedrock", "config: {region: eu-central-1, auth: ambient}")
        let run = try await repository.run("models", "--all", "--check", "--format", "json")
        let rows = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
        #expect(rows?.map { $0["verdict"] as? String } == ["cannot-tell", "unreachable", "cannot-tell"])
        #expect(run.exitCode == 3 && run.error.contains("no provider could be asked"))
        let shown = try await repository.run("models", "--all", "--check", "--dry-run")
        #expect(
            shown.exitCode == 0
                && shown.output == "GET http://127.0.0.1:1/api/tags\nAccept: application/json\nUser-Agent: roster\n\n"
        )
    }

    @Test(
        arguments: [
            ["models"], ["models", "--all"], ["models", "--check"], ["models", "acme/openai", "--all", "--check"],
            ["models", "acme/openai", "--format", "sarif"], ["models", "acme/openai", "--check", "--ambient"],
            ["models", "--all", "--check", "--format", "yaml"],
        ]
    )
    func rejectsOtherArguments(arguments: [String]) async throws {
        #expect(try await RuntimeRepository().run(arguments).exitCode == 64)
    }
}
