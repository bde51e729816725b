import Foundation
import RosterBytes
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

/// The SDKs of the vendors under `roster exec`, in an environment that would redirect them.
@Suite("Commands: the vendors' SDKs under exec")
struct SDKEnvironmentTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var slug: String
        var path = ""
        var key: String? = RuntimeRepository.key
        var config = ""
        /// The paths that the SDK requests.
        var targets: [String]
        /// The header that contains the key, and its value.
        var header = "authorization"
        var shown = "Bearer " + RuntimeRepository.key

        var testDescription: String { "\(slug)\(path)" }
    }

    static let cases = [
        Case(slug: "openai", path: "/v1", targets: ["/v1/models", "/v1/chat/completions"]),
        Case(slug: "gateway", path: "/x", targets: ["/x/models", "/x/chat/completions"]),
        Case(slug: "custom", key: nil, targets: ["/models", "/chat/completions"], shown: "Bearer unused"),
        Case(slug: "xai", path: "/v1", targets: ["/v1/models", "/v1/chat/completions"]),
        Case(slug: "groq", path: "/x", targets: ["/x/openai/v1/models", "/x/openai/v1/chat/completions"]),
        Case(
            slug: "azure",
            config: "config: {resourceName: acme, apiVersion: 2024-10-21}",
            targets: [
                "/openai/models?api-version=2024-10-21",
                "/openai/deployments/m1/chat/completions?api-version=2024-10-21",
            ],
            header: "api-key",
            shown: RuntimeRepository.key
        ),
        Case(
            slug: "azure",
            path: "/x",
            targets: ["/x/openai/v1/models", "/x/openai/v1/chat/completions"]
        ),
        Case(slug: "anthropic", path: "/x/v1", targets: ["/x/v1/models", "/x/v1/messages"]),
        Case(
            slug: "google",
            path: "/x/v1beta",
            targets: ["/x/v1beta/models", "/x/v1beta/models/m1:generateContent"],
            header: "x-goog-api-key",
            shown: RuntimeRepository.key
        ),
        Case(
            slug: "google",
            targets: ["/v1/models", "/v1/models/m1:generateContent"],
            header: "x-goog-api-key",
            shown: RuntimeRepository.key
        ),
        Case(slug: "ollama", path: "/x", targets: ["/x/api/tags", "/x/api/chat"]),
        Case(
            slug: "bedrock",
            path: "/x",
            key: RuntimeRepository.pair,
            config: "config: {region: eu-central-1}",
            targets: ["/x/foundation-models", "/x/model/m1/converse"],
            shown: "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/"
        ),
        Case(
            slug: "bedrock",
            key: #"{"apiKey":"ABSKx/y="}"#,
            config: "config: {region: eu-central-1}",
            targets: ["/foundation-models", "/model/m1/converse"],
            shown: "Bearer ABSKx/y="
        ),
    ]

    @Test("An SDK sends the sealed key to the provider's server in any environment", arguments: cases)
    func hostileEnvironment(example: Case) async throws {
        let (server, other) = (try RecordingServer(), try RecordingServer())
        var repository = try await RuntimeRepository()
        if let key = example.key { try await repository.seal(key, hosts: ["127.0.0.1:\(server.port)"]) }
        let secret = example.key == nil ? "" : "secret: key\n"
        try repository.add(example.slug, "\(secret)baseUrl: \(server.url)\(example.path)\n\(example.config)")
        for (name, value) in try Self.hostile(other) { repository.program.environment[name] = value }
        let run = try await repository.run(
            "exec",
            "acme/\(example.slug)",
            "--",
            "python3",
            RecordingServer.script("sdk_peer.py"),
            "environment",
            example.slug
        )
        #expect(run.exitCode == 0, "\(run.error)")
        let records = try server.records()
        // Each SDK requests lists with a different page size.
        let targets = records.map(\.target).map { $0.contains("api-version") ? $0 : String($0.prefix { $0 != "?" }) }
        #expect(targets == example.targets)
        for record in records {
            #expect(record.header(example.header)?.hasPrefix(example.shown) == true, "\(record.headers)")
            #expect(!"\(record.headers)".contains("stale"), "\(record.headers)")
        }
        #expect(try other.records().isEmpty)
    }

    /// Returns the variables that installed SDKs read and that are not listed as harmless, each with a value that
    /// would replace the key or send it to another server.
    private static func hostile(_ other: RecordingServer) throws -> [String: String] {
        let harmless = try HarmlessVariables()
        let kept = Set(InheritedVariables.kept.map(\.name))
        var hostile = ["HTTP_PROXY": other.url, "http_proxy": other.url, "ALL_PROXY": other.url]
        for name in try SDKVariables.installed.get().names where !harmless.contains(name) && !kept.contains(name) {
            let words = Set(name.uppercased().split(separator: "_"))
            if !words.isDisjoint(with: ["PROXY"]) { continue }
            hostile[name] =
                switch true {
                case !words.isDisjoint(with: ["URL", "URI", "ENDPOINT", "HOST"]): other.url
                case !words.isDisjoint(with: ["HEADERS"]): "Authorization: Bearer stale\nX-Stale: stale"
                case !words.isDisjoint(with: ["USE", "ENABLED"]): "true"
                default: "stale"
                }
        }
        #expect(hostile.count > 100)
        // The variables that the program itself reads.
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SSLKEYLOGFILE"] { hostile[name] = "stale" }
        return hostile
    }

    @Test("Without exec these variables redirect an SDK")
    func control() throws {
        let (server, other) = (try RecordingServer(), try RecordingServer())
        var program = RosterProgram(folder: "/")
        program.environment = [
            "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sealed", "ROSTER_MODEL": "m1",
            "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer stale", "HTTP_PROXY": other.url, "NO_PROXY": nil,
        ]
        try program.tool("python3", RecordingServer.script("sdk_peer.py"), "environment", "openai")
        #expect(try server.records().isEmpty)
        #expect(try other.records().contains { $0.header("authorization") == "Bearer stale" })
    }

    // MARK: allowedHosts

    /// An allowed prefix, the path of a provider, and whether its SDK stays inside the prefix.
    struct Prefix: CustomTestStringConvertible, Sendable {
        var slug: String
        var allowed: String
        var path: String
        var config = ""
        var isAllowed: Bool

        var testDescription: String { "\(slug) \(path) in \(allowed)" }
    }

    static let prefixes = [
        Prefix(slug: "google", allowed: "/v1-tenant-b/", path: "/v1-tenant-b/v1", isAllowed: true),
        Prefix(slug: "google", allowed: "/tenant-b/", path: "/tenant-b/v1beta", isAllowed: true),
        Prefix(slug: "google", allowed: "/tenant-b/", path: "/tenant-bc/v1beta", isAllowed: false),
        Prefix(slug: "google", allowed: "/tenant-b/v1/", path: "/tenant-b/v1beta", isAllowed: false),
        Prefix(slug: "anthropic", allowed: "/a/v1/", path: "/a", isAllowed: true),
        Prefix(slug: "anthropic", allowed: "/a/v1/", path: "/b", isAllowed: false),
        Prefix(slug: "groq", allowed: "/a/openai/v1/", path: "/a/openai/v1", isAllowed: true),
        Prefix(slug: "groq", allowed: "/a/openai/v1/", path: "/a/v1", isAllowed: false),
        Prefix(slug: "azure", allowed: "/a/openai/v1/", path: "/a", isAllowed: true),
        // With a dated version, Azure's SDK sends requests below /openai/deployments/.
        Prefix(slug: "azure", allowed: "/a/openai/v1/", path: "/a", config: "apiVersion: 2024-10-21", isAllowed: false),
        Prefix(slug: "azure", allowed: "/a/openai/", path: "/a", config: "apiVersion: 2024-10-21", isAllowed: true),
        Prefix(slug: "ollama", allowed: "/a/api/", path: "/a", isAllowed: true),
        Prefix(slug: "ollama", allowed: "/a/api/", path: "", isAllowed: false),
        Prefix(slug: "bedrock", allowed: "/a/model/", path: "/a", config: "region: eu-central-1", isAllowed: true),
        Prefix(slug: "openai", allowed: "/a/v1/", path: "/a", isAllowed: true),
        Prefix(slug: "xai", allowed: "/a/v1/", path: "", isAllowed: false),
    ]

    @Test("exec rejects a provider whose SDK would leave allowedHosts", arguments: prefixes)
    func allowedHosts(example: Prefix) async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        let key = example.slug == "bedrock" ? #"{"apiKey":"ABSKx/y="}"# : RuntimeRepository.key
        try await repository.seal(key, hosts: ["127.0.0.1:\(server.port)\(example.allowed)"])
        let config = example.config.isEmpty ? "" : "config: {\(example.config)}\n"
        try repository.add(example.slug, "secret: key\nbaseUrl: \(server.url)\(example.path)\n\(config)")
        let run = try await repository.run("exec", "acme/\(example.slug)", "--", "env")
        #expect(run.exitCode == (example.isAllowed ? 0 : 3), "\(run)")
        guard !example.isAllowed else { return }
        #expect(run.output.isEmpty && !RuntimeRepository.shows(run))
        // `check` rejects most of these, and exec the others.
        #expect(run.error.contains("secret-host-mismatch") || run.error.contains("may not be sent"), "\(run)")
        if !run.error.contains("secret-host-mismatch") {
            #expect(run.error.contains("roster secret reseal"), "\(run)")
        }
    }

    @Test(
        "A value with a control character is rejected",
        arguments: [
            ("openai", #"config: {organization: "org\nX-Other: 1"}"#, "config.organization"),
            ("openai", #"config: {project: "p\rq"}"#, "config.project"),
            ("azure", #"config: {resourceName: a, apiVersion: "2024-10-21\u0000"}"#, "config.apiVersion"),
            ("bedrock", #"config: {region: "eu-central-1\n"}"#, "config.region"),
            ("bedrock", #"config: {region: "evil.example/"}"#, "config.region"),
        ]
    )
    func controlCharacters(slug: String, config: String, field: String) async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal(slug == "bedrock" ? #"{"apiKey":"ABSKx/y="}"# : RuntimeRepository.key)
        try repository.add(slug, "secret: key\nbaseUrl: http://127.0.0.1:9\n\(config)")
        let run = try await repository.run("exec", "acme/\(slug)", "--", "env")
        #expect(run.exitCode == 3 && run.output.isEmpty && !RuntimeRepository.shows(run), "\(run)")
        // `check` rejects most of these before exec does.
        let rules = ["[hidden-character]", "[invalid-value]"]
        #expect(run.error.contains(field) || rules.contains { run.error.contains($0) }, "\(run)")
    }

    @Test func rejectsModelWithLineBreak() async throws {
        let repository = try await RuntimeRepository()
        try repository.add("custom", model: #""m\nOPENAI_BASE_URL=http://evil.example""#, "baseUrl: http://127.0.0.1:9")
        let run = try await repository.run("exec", "acme/custom", "--", "env")
        #expect(run.exitCode == 3 && run.output.isEmpty && run.error.contains("defaultModel"), "\(run)")
    }
}
