import Foundation
import RosterTestSupport
import Testing

/// The endpoints of a compiled registry compared with the requests that a server receives.
@Suite("The published endpoint")
struct PublishedEndpointTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var slug: String
        /// The paths of `baseUrl`.
        var paths: [String]
        var model = "m1"
        /// The members of `config`.
        var config = ""

        var testDescription: String { "\(slug) \(model) \(config)" }
    }

    static let cases = [
        Case(slug: "openai", paths: ["", "/", "/v1", "/v1/", "/x", "/x/v1", "/x%20y", "/v1/x"]),
        Case(slug: "anthropic", paths: ["", "/", "/v1/", "/x", "/x/v1"]),
        Case(slug: "google", paths: ["", "/", "/v1", "/v1beta/", "/x", "/x/v2"], model: "models/gemini-2.5-flash"),
        Case(slug: "google", paths: ["", "/v1", "/v1alpha", "/x/"], model: "tunedModels/a", config: "version: v1beta"),
        Case(slug: "xai", paths: ["", "/v1", "/x/"], config: "region: eu-west-1"),
        Case(slug: "groq", paths: ["", "/", "/openai/v1", "/openai/v1/", "/x", "/openai"]),
        Case(slug: "ollama", paths: ["", "/", "/x", "/x/"]),
        Case(slug: "azure", paths: ["", "/openai/v1", "/openai/v1/", "/x"], config: "resourceName: acme"),
        Case(
            slug: "azure",
            paths: ["", "/openai", "/openai/v1", "/x"],
            model: "gpt 4o",
            config: "apiVersion: \"2024-10-21\""
        ),
        Case(slug: "bedrock", paths: ["", "/", "/x"], model: "anthropic.claude-x:0", config: "region: us-east-1"),
        Case(slug: "gateway", paths: ["", "/", "/v1", "/x/"]),
        Case(slug: "custom", paths: ["", "/v1/", "/x/openai/v1"]),
    ]

    private struct Endpoint: Decodable, Equatable {
        var baseUrl: String
        var chat: String
        var host: String
        var keyed: Bool
    }

    private struct Registry: Decodable {
        struct Provider: Decodable {
            var handle: String
            var endpoint: Endpoint?
        }
        var providers: [Provider]

        /// Compiles a repository.
        init(of repository: RuntimeRepository) async throws {
            let run = try await repository.run("compile")
            try #require(run.exitCode == 0, "\(run)")
            self = try JSONDecoder().decode(Self.self, from: Data(run.output.utf8))
        }

        subscript(handle: String) -> Endpoint? { providers.first { $0.handle == handle }?.endpoint }
    }

    @Test("The endpoint in the registry is where ping sends the request", arguments: cases)
    func isWherePingGoes(example: Case) async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        try await repository.seal(example.slug == "bedrock" ? RuntimeRepository.pair : RuntimeRepository.key)
        let config = example.config.isEmpty ? "" : "config: {\(example.config)}\n"
        let isKeyOptional = ["ollama", "gateway", "custom"].contains(example.slug)
        var handles: [String] = []
        for (number, path) in example.paths.enumerated() {
            let link = isKeyOptional && number % 2 == 0 ? "" : "secret: key\n"
            handles.append("p\(number)")
            try repository.add(
                example.slug,
                handle: "p\(number)",
                model: "\"\(example.model)\"",
                "baseUrl: \(server.url)\(path)\n\(link)\(config)"
            )
        }
        for handle in handles {
            let run = try await repository.run("ping", "acme/\(handle)")
            #expect(run.exitCode == 0, "\(run)")
        }
        let (registry, records) = (try await Registry(of: repository), try server.records())
        try #require(records.count == handles.count)
        for (handle, record) in zip(handles, records) {
            let endpoint = try #require(registry[handle])
            let host = try #require(record.header("host"))
            #expect(endpoint.chat == "http://\(host)\(record.target)")
            #expect(endpoint.host == host && endpoint.chat.hasPrefix(endpoint.baseUrl + "/"))
            #expect(endpoint.keyed == Self.hasKey(record))
        }
    }

    private static func hasKey(_ record: RecordingServer.Record) -> Bool {
        ["authorization", "api-key", "x-api-key", "x-goog-api-key"].contains { record.header($0) != nil }
    }

    @Test(
        "Without baseUrl, the endpoint is the URL of the dry run, with the slug's own host and port",
        arguments: [
            ("openai", "", "api.openai.com:443"), ("anthropic", "", "api.anthropic.com:443"),
            ("google", "", "generativelanguage.googleapis.com:443"),
            ("google", "version: v1beta", "generativelanguage.googleapis.com:443"), ("xai", "", "api.x.ai:443"),
            ("xai", "region: eu-west-1", "eu-west-1.api.x.ai:443"), ("groq", "", "api.groq.com:443"),
            ("ollama", "", "localhost:11434"), ("azure", "resourceName: acme", "acme.openai.azure.com:443"),
            (
                "azure", "resourceName: acme, apiVersion: \"2024-10-21\"", "acme.openai.azure.com:443"
            ),
            ("bedrock", "region: us-east-1, auth: ambient", "bedrock-runtime.us-east-1.amazonaws.com:443"),
        ] as [(String, String, String)]
    )
    func isTheSlugsOwn(slug: String, config: String, host: String) async throws {
        var repository = try await RuntimeRepository()
        let isKeyless = ["ollama", "bedrock"].contains(slug)
        if !isKeyless { try await repository.seal(hosts: [String(host.prefix { $0 != ":" })]) }
        repository.program.environment["AWS_ACCESS_KEY_ID"] = "AKIAAMBIENTAMBIENT12"
        repository.program.environment["AWS_SECRET_ACCESS_KEY"] = "ambientambientambient"
        let settings = config.isEmpty ? "" : "config: {\(config)}\n"
        try repository.add(slug, model: "m1", "\(isKeyless ? "" : "secret: key\n")\(settings)")
        let dryRun = try await repository.run("ping", "acme/\(slug)", "--dry-run")
        #expect(dryRun.exitCode == 0, "\(dryRun)")
        let endpoint = try #require(try await Registry(of: repository)[slug])
        #expect(dryRun.output.hasPrefix("POST \(endpoint.chat)\n"), "\(dryRun.output)")
        #expect(endpoint.host == host && endpoint.keyed == (slug != "ollama"))
    }
}
