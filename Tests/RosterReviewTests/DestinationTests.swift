import RosterCompiler
import RosterFrontend
import Testing

@testable import RosterReview

/// Changes of the final URL and of the headers that a key is sent with.
@Suite("Destinations of keys in a review")
struct DestinationTests {
    private static let path = "providers/acme/gpt-4o.yaml"

    /// Returns the example's provider with a different slug and different lines.
    private static func provider(_ slug: String, _ model: String, _ rest: String = "", secret: Bool = true) -> String {
        RuleExample.provider.replacing("provider: openai", with: "provider: \(slug)")
            .replacing("defaultModel: gpt-5.6", with: "defaultModel: '\(model)'")
            .replacing("secret: openai-prod\n", with: secret ? "secret: openai-prod\n" : "") + rest
    }

    /// Returns the reasons for the provider's row between two texts of its file, by rule.
    private static func risks(_ base: String, _ head: String) async throws -> [String: Risk] {
        var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        files[path] = base
        let before = files
        files[path] = head
        let row = try await ExampleReview.changes(before, files).first { $0.kind == .provider }
        return Dictionary((row?.reasons ?? []).map { ($0.rule, $0.risk) }) { first, _ in first }
    }

    @Test(
        "A model that leaves its segment is critical, and any other model medium",
        arguments: [
            ("google", "../../../8/v1/models/gemini"), ("google", ".."), ("google", "models/.."), ("google", "a/../b"),
            ("google", "..\\8"), ("google", "%2e%2e/8"), ("google", "a;b"), ("azure", "../x"), ("azure", "a//b"),
        ]
    )
    func models(slug: String, model: String) async throws {
        let url = "baseUrl: https://gw.example.com/tenants/7\n"
        let base = Self.provider(slug, "m", url)
        let risks = try await Self.risks(base, Self.provider(slug, model, url))
        #expect(risks["key-destination-changed"] == .critical, "\(risks)")
        // Also from one refused model to another.
        let again = try await Self.risks(Self.provider(slug, model, url), Self.provider(slug, model + "x/..", url))
        #expect(again["key-destination-changed"] == .critical, "\(again)")
        for other in ["models/gemini-3.8-flash", "org/model", "anthropic.claude-3:0"] {
            let risks = try await Self.risks(base, Self.provider(slug, other, url))
            #expect(risks == ["default-model-changed": .medium], "\(risks)")
        }
    }

    @Test("A model of the host's own identity that leaves its segment is high")
    func ambient() async throws {
        let rest = "config: {region: eu-central-1, auth: ambient}\n"
        let base = Self.provider("bedrock", "m", rest, secret: false)
        let risks = try await Self.risks(base, Self.provider("bedrock", "../x", rest, secret: false))
        #expect(risks.values.max() ?? .low >= .high, "\(risks)")
    }

    @Test(
        "A path that changes outside the model's segment is high or more",
        arguments: [
            ("google", "baseUrl: https://gw.example.com/t/7\n", "baseUrl: https://gw.example.com/t/8\n"),
            ("google", "baseUrl: https://gw.example.com/t/7\n", "baseUrl: https://gw.example.com/t/..%2f8\n"),
            ("google", "baseUrl: https://gw.example.com/t/7\n", "baseUrl: https://gw.example.com/t/7;x\n"),
            ("google", "baseUrl: https://gw.example.com/t/7\n", "baseUrl: https://gw.example.com/t//7\n"),
            ("google", "", "config: {version: v1beta}\n"), ("google", "", "config: {version: v1/../x}\n"),
            ("bedrock", "config: {region: eu-central-1}\n", "config: {region: us-east-1}\n"),
            ("bedrock", "config: {region: eu-central-1}\n", "config: {region: evil.example/}\n"),
            ("xai", "", "config: {region: eu-west-1}\n"), ("xai", "", "config: {region: a/b}\n"),
            ("azure", "config: {resourceName: a}\n", "config: {resourceName: a.evil.example/}\n"),
            (
                "bedrock", "config: {region: eu-central-1}\n",
                "config: {region: eu-central-1}\nbaseUrl: https://bedrock-runtime.eu-central-1.amazonaws.com\n"
            ),
        ]
    )
    func paths(slug: String, base: String, head: String) async throws {
        let risks = try await Self.risks(Self.provider(slug, "m", base), Self.provider(slug, "m", head))
        #expect(risks.values.max() ?? .low >= .high, "\(risks)")
        let same = try await Self.risks(Self.provider(slug, "m", base), Self.provider(slug, "m", base + "# a note\n"))
        #expect(same.values.allSatisfy { $0 == .low }, "\(same)")
    }

    private static let url = "baseUrl: https://gw.example.com/v1\n"

    private static func headers(_ text: String?) -> String { url + (text.map { "config: {headers: \($0)}\n" } ?? "") }

    @Test(
        "Every change of a header of requests with a key is high",
        arguments: [
            (nil, "{x-portkey-custom-host: 'https://evil.example'}"), (nil, "{x-note: a}"), ("{x-note: a}", nil),
            ("{x-note: a}", "{x-note: b}"), ("{x-note: a}", "{X-Note: a}"), ("{x-note: a}", "{x-other: a}"),
            ("{x-note: a}", "{x-note: a, x-other: b}"), ("{x-note: a}", "[x-note]"), ("{x-note: a}", "{x-note: 1}"),
            ("{x-a: '1', X-A: '2'}", "{X-A: '2', x-a: '1'}"), ("{x-note: a}", "null"),
        ] as [(String?, String?)]
    )
    func changedHeaders(base: String?, head: String?) async throws {
        for slug in ["gateway", "custom"] {
            let (base, head) = (Self.headers(base), Self.headers(head))
            let risks = try await Self.risks(Self.provider(slug, "m", base), Self.provider(slug, "m", head))
            #expect(risks["key-headers-changed"] == .high, "\(risks)")
            let keyless = try await Self.risks(
                Self.provider(slug, "m", base, secret: false),
                Self.provider(slug, "m", head, secret: false)
            )
            #expect(keyless["key-headers-changed"] == nil, "\(keyless)")
        }
        // Other slugs send no headers.
        let openai = try await Self.risks(
            Self.provider("openai", "m", Self.headers("{a: b}")),
            Self.provider("openai", "m", Self.headers("{a: c}"))
        )
        #expect(openai == ["config-changed": .medium], "\(openai)")
    }

    @Test("Headers sent with a key are high, and other settings stay medium")
    func otherSettings() async throws {
        let headers = Self.headers("{x-note: a}")
        let gained = try await Self.risks(
            Self.provider("gateway", "m", headers, secret: false),
            Self.provider("gateway", "m", headers)
        )
        #expect(gained["key-headers-changed"] == .high && gained["secret-link-changed"] == .high, "\(gained)")
        let slug = try await Self.risks(
            Self.provider("openai", "m", headers),
            Self.provider("gateway", "m", headers)
        )
        #expect(slug["key-headers-changed"] == .high && slug["slug-changed"] == .high, "\(slug)")
        let keyless = try await Self.risks(
            Self.provider("gateway", "m", headers, secret: false),
            Self.provider("gateway", "m", Self.headers("{x-note: b}"), secret: false)
        )
        #expect(keyless == ["config-changed": .medium], "\(keyless)")
        let organization = try await Self.risks(
            Self.provider("gateway", "m", Self.url + "config: {organization: a}\n"),
            Self.provider("gateway", "m", Self.url + "config: {organization: b}\n")
        )
        #expect(organization == ["config-changed": .medium], "\(organization)")
        // The order of different headers is irrelevant.
        let order = try await Self.risks(
            Self.provider("gateway", "m", Self.headers("{x-a: '1', x-b: '2'}")),
            Self.provider("gateway", "m", Self.headers("{x-b: '2', x-a: '1'}"))
        )
        #expect(order["key-headers-changed"] == nil, "\(order)")
    }
}
