import Foundation
import RosterTestSupport
import Testing

/// The requests of Roster compared with those of the SDKs of the vendors.
///
/// An SDK runs under `roster exec`, and reads its endpoint, version and key only from the variables that exec sets.
@Suite("Commands: parity with the vendors' SDKs")
struct VendorProtocolTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var slug: String
        /// The path of `baseUrl`.
        var path = ""
        var key = RuntimeRepository.key
        var model = "m1"
        /// The members of `config`.
        var config = ""
        /// The paths of the list and of the chat request, with their queries.
        var targets: [String]

        var region: String { String(config.drop { $0 != ":" }.dropFirst(2)) }

        var testDescription: String { "\(slug) \(path) \(config) \(model) \(key.prefix(5))" }
    }

    private static let dated = [
        "/openai/models?api-version=2024-10-21", "/openai/deployments/m1/chat/completions?api-version=2024-10-21",
    ]

    static let cases = [
        Case(slug: "openai", path: "/v1", targets: ["/v1/models", "/v1/chat/completions"]),
        Case(slug: "openai", targets: ["/v1/models", "/v1/chat/completions"]),
        Case(slug: "openai", path: "/x/v1/", targets: ["/x/v1/models", "/x/v1/chat/completions"]),
        Case(
            slug: "openai",
            path: "/x",
            config: "organization: org-acme, project: proj-acme",
            targets: ["/x/v1/models", "/x/v1/chat/completions"]
        ),
        Case(slug: "anthropic", targets: ["/v1/models", "/v1/messages"]),
        Case(slug: "anthropic", path: "/x/v1/", targets: ["/x/v1/models", "/x/v1/messages"]),
        Case(
            slug: "google",
            model: "models/gemini-2.5-flash",
            targets: ["/v1/models", "/v1/models/gemini-2.5-flash:generateContent"]
        ),
        Case(
            slug: "google",
            config: "version: v1beta",
            targets: ["/v1beta/models", "/v1beta/models/m1:generateContent"]
        ),
        Case(
            slug: "google",
            path: "/x/",
            model: "tunedModels/a:b@c",
            config: "version: v1beta",
            targets: ["/x/v1beta/models", "/x/v1beta/tunedModels/a:b@c:generateContent"]
        ),
        Case(
            slug: "google",
            path: "/x/v1alpha",
            config: "version: v1beta",
            targets: ["/x/v1alpha/models", "/x/v1alpha/models/m1:generateContent"]
        ),
        Case(slug: "google", path: "/v2", targets: ["/v2/models", "/v2/models/m1:generateContent"]),
        Case(slug: "xai", targets: ["/v1/models", "/v1/chat/completions"]),
        Case(
            slug: "xai",
            path: "/x/v1",
            config: "region: eu-west-1",
            targets: ["/x/v1/models", "/x/v1/chat/completions"]
        ),
        Case(slug: "groq", targets: ["/openai/v1/models", "/openai/v1/chat/completions"]),
        Case(slug: "groq", path: "/x/openai/v1/", targets: ["/x/openai/v1/models", "/x/openai/v1/chat/completions"]),
        Case(slug: "ollama", path: "/x/", targets: ["/x/api/tags", "/x/api/chat"]),
        Case(slug: "ollama", key: "", targets: ["/api/tags", "/api/chat"]),
        Case(slug: "azure", targets: ["/openai/v1/models", "/openai/v1/chat/completions"]),
        Case(
            slug: "azure",
            path: "/x/openai/v1/",
            config: "resourceName: acme",
            targets: ["/x/openai/v1/models", "/x/openai/v1/chat/completions"]
        ),
        Case(slug: "azure", config: "apiVersion: 2024-10-21", targets: dated),
        Case(slug: "azure", path: "/openai", config: "apiVersion: 2024-10-21", targets: dated),
        Case(slug: "azure", path: "/openai/v1", config: "apiVersion: \"2024-10-21\"", targets: dated),
        Case(
            slug: "azure",
            path: "/x",
            model: "gpt 4o:a@b",
            config: "apiVersion: preview",
            targets: [
                "/x/openai/models?api-version=preview",
                "/x/openai/deployments/gpt%204o:a@b/chat/completions?api-version=preview",
            ]
        ),
        Case(
            slug: "bedrock",
            key: RuntimeRepository.pair,
            model: "anthropic.claude-x:0",
            config: "region: us-east-1",
            targets: ["/foundation-models", "/model/anthropic.claude-x%3A0/converse"]
        ),
        Case(
            slug: "bedrock",
            path: "/x",
            key: RuntimeRepository.pair.dropLast() + #","sessionToken":"FwoGZXIvYXdzEXAMPLE//token=="}"#,
            model: "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.m1",
            config: "region: eu-central-1",
            targets: [
                "/x/foundation-models",
                "/x/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.m1/converse",
            ]
        ),
        Case(
            slug: "bedrock",
            key: "ABSK" + String(repeating: "Ab1+", count: 28),
            config: "region: us-east-1",
            targets: ["/foundation-models", "/model/m1/converse"]
        ),
        Case(slug: "gateway", path: "/x", targets: ["/x/models", "/x/chat/completions"]),
        Case(slug: "custom", targets: ["/models", "/chat/completions"]),
        Case(
            slug: "custom",
            path: "/api/paas/v4/",
            key: "",
            targets: ["/api/paas/v4/models", "/api/paas/v4/chat/completions"]
        ),
    ]

    @Test("Method, URL, authentication and body equal those of the SDK under exec", arguments: cases)
    func parity(example: Case) async throws {
        let (sdk, roster, urls) = try await Self.record(example)
        #expect(sdk.map(\.target) == example.targets)
        #expect(roster.map(\.target) == example.targets)
        #expect(urls.server.map(String.init) == example.targets)
        #expect(urls.published == urls.dryRun)
        for (expected, found) in zip(sdk, roster) {
            #expect(found.method == expected.method)
            // Azure's v1 API accepts the key in either header.
            if example.slug != "azure" || example.config.contains("apiVersion") {
                #expect(Self.authentication(found) == Self.authentication(expected, isKeyed: !example.key.isEmpty))
            }
            if found.method == "POST" { #expect(found.header("content-type") == expected.header("content-type")) }
            let body = try expected.json()?.mutableCopy() as? NSMutableDictionary
            // Without tools, the SDK sends an empty list.
            if let tools = body?["tools"] as? [Any], tools.isEmpty { body?.removeObject(forKey: "tools") }
            #expect(try found.json() == body)
        }
    }

    @Test(
        "A signature equals botocore's for the same time",
        arguments: cases.filter { $0.key.hasPrefix("{") }
    )
    func signature(example: Case) async throws {
        let roster = try await Self.record(example).roster
        let pair = try #require(try JSONSerialization.jsonObject(with: Data(example.key.utf8)) as? [String: String])
        for record in roster {
            let request: [String: Any] = [
                "method": record.method, "target": record.target, "headers": record.headers, "body": record.body,
                "access": pair["accessKeyId"] ?? "", "secret": pair["secretAccessKey"] ?? "",
                "token": pair["sessionToken"] ?? NSNull(), "region": example.region,
            ]
            let text = String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
            let run = try RosterProgram(folder: "/").tool(
                "python3",
                RecordingServer.script("sdk_peer.py"),
                "sign",
                text
            )
            #expect(record.header("authorization") == run.output.trimmingCharacters(in: .newlines))
        }
    }

    /// The URLs that are printed and not requested.
    struct Printed {
        /// The URLs of the list and of the chat request, without the server.
        var server: [Substring] = []
        var dryRun = ""
        /// `endpoint.chat` of `provider show`.
        var published = ""
    }

    private static func record(_ example: Case) async throws -> (
        sdk: [RecordingServer.Record], roster: [RecordingServer.Record], urls: Printed
    ) {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        var rest = "baseUrl: \(server.url)\(example.path)"
        if !example.key.isEmpty {
            try await repository.seal(example.key)
            rest += "\nsecret: key"
        }
        if !example.config.isEmpty { rest += "\nconfig: {\(example.config)}" }
        try repository.add(example.slug, model: "\"\(example.model)\"", rest)
        let name = "acme/\(example.slug)"
        let exec = ["exec", name, "--", "python3", RecordingServer.script("sdk_peer.py"), "environment", example.slug]
        for command in [exec, ["models", name], ["ping", name]] {
            let run = try await repository.run(command)
            #expect(run.exitCode == 0, "\(run.error)")
            if command[0] == "ping" { #expect(run.output.contains("pong")) }
        }
        var printed = Printed()
        for command in ["models", "ping"] {
            let line = try await repository.run(command, name, "--dry-run").output.prefix { $0 != "\n" }
            let url = line.drop { $0 != " " }.dropFirst()
            #expect(url.hasPrefix(server.url))
            printed.server.append(url.dropFirst(server.url.count))
            printed.dryRun = String(url)
        }
        let show = try await repository.run("provider", "show", name, "--format", "json").output
        let record = try JSONSerialization.jsonObject(with: Data(show.utf8)) as? [String: Any]
        printed.published = (record?["endpoint"] as? [String: Any])?["chat"] as? String ?? ""
        let records = try server.records()
        try #require(records.count == 4)
        return (Array(records[..<2]), Array(records[2...]), printed)
    }

    private static func authentication(_ record: RecordingServer.Record, isKeyed: Bool = true) -> [String: String] {
        let names = [
            "authorization", "api-key", "x-api-key", "x-goog-api-key", "anthropic-version", "openai-organization",
            "openai-project", "x-amz-security-token",
        ]
        var found: [String: String] = [:]
        for name in names { found[name] = record.header(name) }
        // The placeholder that exec sets for an SDK that requires a key.
        if !isKeyed, found["authorization"] == "Bearer unused" { found["authorization"] = nil }
        if let value = found["authorization"], value.hasPrefix("AWS4") {
            // The time differs in each request; the signature has a separate test.
            found["authorization"] =
                value.replacing(#/\d{8}T?/#, with: "DATE").replacing(#/Signature=.*/#, with: "")
        }
        return found
    }
}
