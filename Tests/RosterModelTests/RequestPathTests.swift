import RosterJSON
import RosterModel
import Testing

@Suite("Paths of requests")
struct RequestPathTests {
    private static let steps = [
        "/..%2f8", "/..%2F8", "/a%2fb", "/a%5c..", "/a%5C", "/%2e%2e", "/%2E/", "/.%2e", "/%252e", "/%25", "/a;b",
        "/..;/8",
        "/;", "/%3b", "/%3B", "//", "//v1", "/v1//", "/a//b", "/%00", "/%0a", "/%0D", "/%1f", "/%1F", "/%7f", "/..%20",
        "/...", "/%20", "/.%20.", "/a/.", "/./a", "/..", "/a%3f", "/a%23", "/a\\b", "/%c0%ae", "/%C0%AF", "/%ff",
        "/%EF%BC%8F", "/%EF%BC%8E", "/%E2%80%A5", "/%EF%BC%AE", "/%C4%AF", "/%CD%BE", "/%E2%81%84", "/%E2%80%8B",
    ]

    private static let plain = [
        "", "/", "/v1", "/v1/", "/tenants/7", "/a%20b", "/%41", "/%7E", "/%C3%A9", "/%E6%97%A5%E6%9C%AC", "/a.b/c..d",
        "/.a",
        "/a:b@c/d,e=f&g", "/(a)/*/!", "/%61%62", "/a%20",
    ]

    @Test("No base URL and no prefix has a spelling that some server reads as a step", arguments: steps)
    func refusesSteps(path: String) {
        #expect(throws: BaseURL.Refusal.self) { try BaseURL("https://h.example" + path) }
        #expect(throws: BaseURL.Refusal.self) { try BaseURL("https://h.example/tenants/7" + path + "/v1") }
        #expect(throws: AllowedHost.Refusal.self) { try AllowedHost("h.example" + path + "/") }
        #expect(throws: AllowedHost.Refusal.self) { try AllowedHost("h.example/tenants/7" + path + "/") }
    }

    @Test("Ordinary paths stay as they are written", arguments: plain)
    func keepsPlainPaths(path: String) throws {
        let url = try BaseURL("https://h.example" + path)
        #expect(url.path == (path.hasSuffix("/") ? String(path.dropLast()) : path))
        let entry = try AllowedHost("h.example" + url.path + "/")
        #expect(entry.admitsAll(below: url))
    }

    @Test(
        "A refused path is reported with the bytes that are to blame",
        arguments: [
            ("https://a.example/b%2fc", .traversal, 19..<22), ("https://a.example/b;c", .traversal, 19..<20),
            ("https://a.example//v1", .emptySegment, 17..<18), ("https://a.example/b//", .emptySegment, 19..<20),
            ("https://a.example/%c3%28", .traversal, 18..<24), ("https://a.example/.../c", .dotSegment, 17..<21),
        ] as [(String, BaseURL.Reason, Range<Int>)]
    )
    func places(text: String, reason: BaseURL.Reason, bytes: Range<Int>) {
        let refusal = #expect(throws: BaseURL.Refusal.self) { try BaseURL(text) }
        #expect(refusal?.reason == reason && refusal?.bytes == bytes, "\(text): \(String(describing: refusal))")
    }

    private static func path(_ slug: ProviderSlug, _ model: String, _ url: String = "https://h.example") throws
        -> String
    {
        try Endpoint(slug: slug, baseURL: try BaseURL(url), config: nil, model: model).chat.path
    }

    @Test(
        "A model stays one segment of the path",
        arguments: [
            ".", "..", "../x", "a/..", "a/../../b", "a/./b", "/a", "a/", "a//b", "", "a\\b", "..\\..", "a%2e", "%2e%2e",
            "%252e", "a;b", "..;", "a?b", "a#b", "a\nb", "\0", "\u{7F}", "...", ".. ", " ", "a/ /b", "..\u{FF0F}",
            "\u{FF2E}\u{FF2E}", "a\u{2044}b", "a\u{37E}b", "models/..", "models/", "models/../x", "tunedModels/",
            "tunedModels/..",
        ]
    )
    func refusesModels(model: String) throws {
        for slug in [ProviderSlug.google, .bedrock, .azure] {
            // Only google drops its own prefix, and keeps an empty name otherwise.
            #expect(throws: Endpoint.Refusal.self, "\(slug)") { try Self.path(slug, model) }
        }
        // Others have it in the body.
        for slug in [ProviderSlug.openai, .gateway, .custom, .ollama, .groq, .xai, .anthropic] {
            #expect(try !Self.path(slug, model).contains(".."), "\(slug)")
        }
    }

    @Test("Ordinary models keep their paths")
    func keepsOrdinaryModels() throws {
        let profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3:0"
        for (slug, model, path) in [
            (.google, "gemini-2.5-pro", "/v1/models/gemini-2.5-pro:generateContent"),
            (.google, "models/gemini-2.5-pro", "/v1/models/gemini-2.5-pro:generateContent"),
            (.google, "tunedModels/x", "/v1/tunedModels/x:generateContent"),
            (.google, "org/x", "/v1/models/org%2Fx:generateContent"),
            (.bedrock, "anthropic.claude-3:0", "/model/anthropic.claude-3%3A0/converse"),
            (.bedrock, profile, "/model/\(profile.replacing(":", with: "%3A").replacing("/", with: "%2F"))/converse"),
            (.bedrock, "org/model", "/model/org%2Fmodel/converse"), (.bedrock, "a..b", "/model/a..b/converse"),
            (.google, "\u{201C}x\u{2013}y\u{201D}", "/v1/models/%E2%80%9Cx%E2%80%93y%E2%80%9D:generateContent"),
            (.azure, "gpt-4o", "/openai/v1/chat/completions"), (.gateway, "../x", "/chat/completions"),
        ] as [(ProviderSlug, String, String)] {
            #expect(try Self.path(slug, model) == path)
        }
        for slug in ProviderSlug.allCases where slug.facts.chatPath.description.contains("{model}") {
            #expect(slug.facts.isModelInPath, "\(slug)")
        }
    }

    @Test(
        "A prefix is compared as servers resolve it",
        arguments: [
            ("h.example/a/", "/a/b", true), ("h.example/a/", "/%61/b", true), ("h.example/%61/", "/a/b", true),
            ("h.example/%C3%A9/", "/%c3%a9/b", true), ("h.example/a/", "/a/b%2Fc", true),
            ("h.example/a/b/", "/a%2Fb/c", false), ("h.example/a/", "/a%2Fb", false), ("h.example/a/", "/a", false),
            ("h.example/a/", "/a/..%2F..%2Fb", false), ("h.example/a/", "/a/b/../../c", false),
            ("h.example/a/", "/a/%252e%252e/b", false), ("h.example/a/", "/a//b", false),
            ("h.example/a/", "/ab/c", false),
            ("h.example/", "/b", true), ("h.example/a/", "/A/b", false), ("h.example/a/", "", false),
        ]
    )
    func comparesPrefixes(entry: String, path: String, isAdmitted: Bool) throws {
        let origin = try BaseURL("https://h.example").origin
        #expect(try AllowedHost(entry).admits(origin, path: path) == isAdmitted)
    }

    @Test("A model does not move a request into a prefix that only some servers see")
    func modelInsidePrefix() throws {
        let entry = try AllowedHost("h.example/v1/models/org/")
        let base = try BaseURL("https://h.example")
        let endpoint = try Endpoint(slug: .google, baseURL: base, config: nil, model: "org/x")
        #expect(endpoint.chat.path == "/v1/models/org%2Fx:generateContent")
        #expect(!endpoint.isAdmitted(by: entry))
    }

    @Test(
        "A base URL for another program is admitted when everything below it is",
        arguments: [
            ("gw.example", "https://gw.example", true), ("gw.example/t/", "https://gw.example/t", true),
            ("gw.example/t/", "https://gw.example/t/7", true), ("gw.example/t/7/", "https://gw.example/t", false),
            ("gw.example/v1-tenant-b/", "https://gw.example", false), ("gw.example/t/", "https://gw.example/tt", false),
            ("gw.example/t/", "https://other.example/t", false), ("gw.example/", "https://gw.example", true),
        ]
    )
    func passesBaseURLs(entry: String, url: String, isAdmitted: Bool) throws {
        #expect(try AllowedHost(entry).admitsAll(below: try BaseURL(url)) == isAdmitted)
    }

    @Test("A version of Google's API is a whole segment")
    func versions() throws {
        for path in ["/v1", "/v1beta", "/v1alpha1", "/t/v1beta2", "/v2", "/v10"] {
            #expect(try Self.path(.google, "m", "https://h.example" + path) == path + "/models/m:generateContent")
        }
        for path in [
            "/v1-tenant-b", "/v1.x", "/v1_x", "/v1%61", "/V1", "/xv1", "/v", "/v1tenant", "/v1betax", "/v1Beta",
        ] {
            #expect(try Self.path(.google, "m", "https://h.example" + path) == path + "/v1/models/m:generateContent")
        }
    }

    @Test(
        "A setting that is not one label or segment makes no endpoint",
        arguments: [
            (.xai, "region", "eu"), (.xai, "region", "eu-"), (.xai, "region", "eu--1"), (.xai, "region", "e1-x"),
            (.xai, "region", "euw-1"), (.xai, "region", "EU-1"), (.xai, "region", ""),
            (.xai, "region", "a/b"), (.xai, "region", "evil.example/x"), (.xai, "region", "eu-1.evil"),
            (.bedrock, "region", "eu-central-1.evil.example#"), (.bedrock, "region", "x@evil.example:443/"),
            (.azure, "resourceName", "evil.example/"), (.azure, "resourceName", "a."), (.azure, "resourceName", "a-"),
            (.google, "version", "v1/../../x"), (.google, "version", "v1/tenants"), (.google, "version", "v1%2f.."),
        ] as [(ProviderSlug, String, String)]
    )
    func refusesSettings(slug: ProviderSlug, name: String, value: String) throws {
        func endpoint(_ value: String) throws -> Endpoint {
            let config = JSONObject([JSONObject.Member(name: name, value: .string(value))])
            return try Endpoint(slug: slug, baseURL: nil, config: config, model: "m")
        }
        let refusal = #expect(throws: Endpoint.Refusal.self) { try endpoint(value) }
        guard case .setting(let setting)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(setting.name == name)
        _ = try endpoint(slug == .google ? "v1beta" : "eu-central-1")
    }

    @Test(
        "An entry covers another when it admits all that the other admits",
        arguments: [
            ("h.example", "h.example/a/", true), ("h.example/a/", "h.example/a/b/", true),
            ("h.example/a/", "h.example", false),
            ("h.example/%61/", "h.example/a/", true), ("h.example/a/", "h.example/ab/", false),
            ("*.h.example", "x.h.example", true), ("x.h.example", "*.h.example", false),
            ("*.h.example", "x.y.h.example", false), ("h.example:8443", "h.example", false),
            ("localhost", "localhost:1", true), ("h.example", "h.example:8443", false),
        ]
    )
    func coverage(wide: String, narrow: String, isCovered: Bool) throws {
        #expect(try AllowedHost(wide).covers(try AllowedHost(narrow)) == isCovered)
    }
}
