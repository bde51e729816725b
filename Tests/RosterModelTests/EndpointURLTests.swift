import RosterJSON
import Testing

@testable import RosterModel

@Suite("URLs of requests")
struct EndpointURLTests {
    private static func endpoint(
        _ slug: ProviderSlug,
        _ url: String?,
        _ config: [String: JSONValue] = [:],
        model: String = "m"
    ) throws -> Endpoint {
        let members = config.sorted { $0.key < $1.key }.map { JSONObject.Member(name: $0.key, value: $0.value) }
        return try Endpoint(slug: slug, baseURL: url.map { try BaseURL($0) }, config: JSONObject(members), model: model)
    }

    @Test(
        "A dated apiVersion moves both requests of azure",
        arguments: [
            (nil, "https://acme.openai.azure.com/openai", ""),
            ("https://h.example", "https://h.example/openai", "/openai"),
            ("https://h.example/", "https://h.example/openai", "/openai"),
            ("https://h.example/openai", "https://h.example/openai", ""),
            ("https://h.example/openai/v1", "https://h.example/openai", ""),
            ("https://h.example/x/openai/v1/", "https://h.example/x/openai", ""),
            ("https://h.example/v1", "https://h.example/v1/openai", "/openai"),
        ] as [(String?, String, String)]
    )
    func dated(url: String?, base: String, appended: String) throws {
        let config: [String: JSONValue] = ["resourceName": .string("acme"), "apiVersion": .string("2024-10-21")]
        let endpoint = try Self.endpoint(.azure, url, config)
        #expect(endpoint.base.description == base)
        #expect(endpoint.chat.description == base + "/deployments/m/chat/completions?api-version=2024-10-21")
        #expect(endpoint.chat.path.hasSuffix("/openai/deployments/m/chat/completions"))
        #expect(endpoint.models.description == base + "/models?api-version=2024-10-21")
        #expect(endpoint.suffix == "/openai")
        if let url { #expect(endpoint.appended(to: try BaseURL(url)) == appended) }
    }

    @Test("Without apiVersion azure has the paths of its v1 API", arguments: [[:], ["apiVersion": JSONValue.null]])
    func undated(config: [String: JSONValue]) throws {
        let own = try Self.endpoint(.azure, nil, config.merging(["resourceName": .string("acme")]) { $1 })
        #expect(own.chat.description == "https://acme.openai.azure.com/openai/v1/chat/completions")
        let other = try Self.endpoint(.azure, "https://h.example", config)
        #expect(other.models.description == "https://h.example/openai/v1/models")
        #expect(other.suffix == "/openai/v1")
    }

    @Test(
        "The version of google is the base URL's own, then config's, then v1",
        arguments: [
            (nil, nil, "/v1"), (nil, "v1beta", "/v1beta"), ("", nil, "/v1"), ("", "v1beta", "/v1beta"),
            ("/", "v1beta", "/v1beta"), ("/x", "v1beta", "/x/v1beta"), ("/v1", "v1beta", "/v1"),
            ("/v1alpha/", "v1beta", "/v1alpha"), ("/v2", nil, "/v2"), ("/v1tenant", nil, "/v1tenant/v1"),
        ] as [(String?, String?, String)]
    )
    func googleVersion(path: String?, version: String?, expected: String) throws {
        let config = version.map { ["version": JSONValue.string($0)] } ?? [:]
        let endpoint = try Self.endpoint(.google, path.map { "https://h.example" + $0 }, config)
        let host = path == nil ? "generativelanguage.googleapis.com" : "h.example"
        #expect(endpoint.base.description == "https://\(host)\(expected)")
        #expect(endpoint.chat.description == "https://\(host)\(expected)/models/m:generateContent")
        #expect(endpoint.models.description == "https://\(host)\(expected)/models")
        #expect(expected.hasSuffix(endpoint.suffix))
    }

    @Test(
        "An apiVersion that is not one value of a query makes no endpoint, with or without a baseUrl",
        arguments: [
            "2024-10-21&x=y", "2024?x", "a/b", "../x", "..", ".", "", "-", "a-", "-a", "a--b", "a b", "a\nb", "a\0",
            "a#b",
            "a%20b", "\u{E9}", "a;b", "a=b", "a+b", String(repeating: "a", count: 64),
        ]
    )
    func hostileVersion(value: String) throws {
        for url in [nil, "https://h.example"] {
            #expect(throws: Endpoint.Refusal.setting(.apiVersion)) {
                try Self.endpoint(.azure, url, ["resourceName": .string("acme"), "apiVersion": .string(value)])
            }
        }
    }

    @Test(
        "A setting that is not text makes no endpoint",
        arguments: [JSONValue.integer(2024), .boolean(true), .array([])]
    )
    func otherTypes(value: JSONValue) throws {
        for (slug, name) in [(ProviderSlug.azure, "apiVersion"), (.google, "version"), (.xai, "region")] {
            #expect(throws: Endpoint.Refusal.self) { try Self.endpoint(slug, "https://h.example", [name: value]) }
        }
        // Other slugs do not read it.
        _ = try Self.endpoint(.openai, "https://h.example", ["apiVersion": value])
    }

    @Test("A prefix of allowedHosts is compared with the dated path, without the query")
    func prefix() throws {
        let endpoint = try Self.endpoint(.azure, "https://h.example", ["apiVersion": .string("2024-10-21")])
        for (entry, isAdmitted) in [
            ("h.example/openai/deployments/m/", true), ("h.example/openai/v1/", false), ("h.example/openai/", true),
        ] {
            #expect(endpoint.isAdmitted(by: try AllowedHost(entry)) == isAdmitted, "\(entry)")
        }
    }

    @Test("Appends the suffix that the documentation describes")
    func words() throws {
        for (words, slugs) in SlugFacts.appendedGroups {
            for slug in try slugs.map({ try #require(ProviderSlug(rawValue: $0)) }) {
                let url = try BaseURL("https://h.example/x")
                let config: [String: JSONValue] = slug == .bedrock ? ["region": .string("eu-central-1")] : [:]
                let appended = try Self.endpoint(slug, url.description, config).appended(to: url)
                #expect(words.split(separator: ",").first.map(String.init) == (appended.isEmpty ? "nothing" : appended))
            }
        }
        #expect(SlugFacts.appendedGroups.flatMap(\.slugs).count == ProviderSlug.allCases.count)
    }
}
