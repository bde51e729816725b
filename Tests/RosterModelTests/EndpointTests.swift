import RosterJSON
import RosterModel
import Testing

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "A base URL is read one way",
        arguments: [
            ("https://api.openai.com/v1", "https://api.openai.com", "/v1"),
            ("https://api.openai.com", "https://api.openai.com", ""),
            ("HTTPS://API.OpenAI.com:443/v1", "https://api.openai.com", "/v1"),
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434", ""),
            ("http://[::1]:8080/x", "http://[::1]:8080", "/x"),
            ("https://example.com:8443/a/b", "https://example.com:8443", "/a/b"),
        ]
    )
    func baseURLs(text: String, origin: String, path: String) throws {
        let url = try BaseURL(text)
        #expect(url.origin.description == origin)
        #expect(url.path == path || url.path == "/" && path.isEmpty)
    }

    @Test(
        "What could be read two ways is refused",
        arguments: [
            "", "api.openai.com", "/v1", "ftp://example.com", "https://", "https:///v1", "https://user@example.com",
            "https://user:pw@example.com", "https://example.com?x=1", "https://example.com/#f", "https://exa mple.com",
            " https://example.com", "https://example.com ", "https://exämple.com", "https://2130706433",
            "https://0x7f.1",
            "https://127.1", "https://0177.0.0.1", "https://127.0.0.1.", "https://example.com\\@evil.com",
            "https://ex%61mple.com",
            "https://example.com.", "https://a..b", "https://a_b.com", "https://example.com:0",
            "https://example.com:65536",
            "https://example.com:", "https://[::1", "https://[fe80::1%eth0]", "https://[0:0:0:0:0:0:0:1]",
            "https://[::ffff:1.2.3.4.5]",
            "https://\(String(repeating: "a", count: 64)).com", "https:/example.com", "https:example.com",
            "javascript:alert(1)",
        ]
    )
    func refused(text: String) {
        #expect(throws: BaseURL.Refusal.self) { try BaseURL(text) }
    }

    @Test(
        "What is refused is told with the bytes that are to blame",
        arguments: [
            ("api.example.com/v1", .notAbsolute, 0..<18), ("", .notAbsolute, 0..<0),
            ("ftp://a.example", .scheme, 0..<3),
            ("https://a.example/\\b", .backslash, 18..<19), ("https://u:p@a.example", .userInfo, 8..<12),
            ("https://a.example/b?c=d", .query, 19..<23), ("https://a.example/#b", .fragment, 18..<20),
            ("https://a%41.example", .percentInHost, 9..<10), ("https://a.example:0/", .port, 17..<19),
            ("https://a.example:65536", .port, 17..<23), ("https://a.example:080", .port, 17..<21),
            ("https://a.example/b/../c", .dotSegment, 19..<22), ("https://a.example/%2E%2e/", .dotSegment, 17..<24),
            ("https://a.example/b%4", .percentEncoding, 19..<21), ("https://a.example/b c", .character, 19..<20),
            ("https://a b.example/", .character, 9..<10), ("https://a_b.example/", .host(.character("_")), 8..<19),
            ("https:///b", .host(.empty), 8..<8), ("https://127.1", .host(.disguisedNumber), 8..<13),
        ] as [(String, BaseURL.Reason, Range<Int>)]
    )
    func places(text: String, reason: BaseURL.Reason, bytes: Range<Int>) {
        let refusal = #expect(throws: BaseURL.Refusal.self) { try BaseURL(text) }
        #expect(refusal?.reason == reason && refusal?.bytes == bytes, "\(text): \(String(describing: refusal))")
    }

    @Test("A label may have 63 bytes and a name 253")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        _ = try BaseURL("https://\(label).com")
        let name = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(name.utf8.count == 253)
        _ = try BaseURL("https://\(name)")
        #expect(throws: BaseURL.Refusal.self) { try BaseURL("https://\(name)c") }
    }

    @Test(
        "An allowed host admits its own place and no other",
        arguments: [
            ("api.openai.com", "https://api.openai.com/v1", true), ("api.openai.com", "http://api.openai.com/v1", true),
            ("api.openai.com", "https://api.openai.com:8443/v1", false),
            ("api.openai.com", "https://evil.api.openai.com", false),
            ("api.openai.com", "https://api.openai.com.evil.com", false),
            ("api.openai.com:8443", "https://api.openai.com:8443", true),
            ("api.openai.com:8443", "https://api.openai.com", false), ("127.0.0.1", "http://127.0.0.1:11434", true),
            ("localhost", "http://localhost:8080", true), ("[::1]", "http://[::1]:9", true),
            ("*.example.com", "https://a.example.com", true), ("*.example.com", "https://example.com", false),
            ("*.example.com", "https://a.b.example.com", false),
            ("gw.example.com/acme/", "https://gw.example.com/acme/v1", true),
            ("gw.example.com/acme/", "https://gw.example.com/acme", false),
            ("gw.example.com/acme/", "https://gw.example.com/acme-evil/", false),
        ]
    )
    func admission(entry: String, url: String, isAdmitted: Bool) throws {
        let host = try AllowedHost(entry)
        let base = try BaseURL(url)
        #expect(host.admits(base.origin, path: base.path) == isAdmitted)
    }

    @Test(
        "An allowed host is a place in canonical form",
        arguments: [
            "", "https://api.openai.com", "API.openai.com", "*", "*.com", "a.*.com", "*.127.0.0.1", "*.workers.dev",
            "*.openai.azure.com.",
            "example.com:0", "example.com:", "example.com/x", "exämple.com", "2130706433", "user@example.com",
            "*.*.example.com", "example.com?",
        ]
    )
    func refusedHosts(entry: String) {
        #expect(throws: AllowedHost.Refusal.self) { try AllowedHost(entry) }
    }
}

@Suite("Keys")
struct KeyTests {
    @Test("Finds a text with the shape of a key at its position")
    func shapes() {
        let tail = "T3BlbkFJ" + String(repeating: "aB3dE6gH", count: 5)
        for key in [
            "sk-proj-\(tail)", "sk-ant-api03-\(tail)\(tail)", "gsk_\(String(repeating: "aB3d", count: 13))",
            "xai-\(String(repeating: "aB3d", count: 20))",
            "AIza\(tail.prefix(35))",
        ] {
            let found = KeyShapeScanner.matches(in: "note: \(key).")
            #expect(found.count == 1, "\(key)")
            #expect(found.first?.range.lowerBound == 6)
        }
        for text in [
            "sk-", "task-proj-x", "gpt-4o", "aip_8QzKx0vT2mWb4NcR", "sha256:\(String(repeating: "0a", count: 32))",
        ] {
            #expect(KeyShapeScanner.matches(in: text).isEmpty, "\(text)")
        }
    }

    @Test("Recognizes the name of a key in any case and with hyphens, but not as a part of another name")
    func names() {
        for name in [
            "apiKey", "api_key", "API-KEY", "token", "accessToken", "x-api-key", "Authorization", "password",
            "clientSecret", "--api__key-", "a-p-i-k-e-y",
        ] {
            #expect(KeyName.isKeyName(name), "\(name)")
        }
        for name in [
            "maxTokens", "tokenizer", "keyboard", "organization", "region", "secretary", "", "_", "-", "1key",
            "apikeyx", "apike",
        ] {
            #expect(!KeyName.isKeyName(name), "\(name)")
        }
    }

    @Test(
        "A key is found wherever it stands in a text, and however long the text is",
        arguments: [
            "gsk_" + String(repeating: "a1", count: 25), "sk-proj-" + String(repeating: "a1", count: 10),
            "AKIA" + String(repeating: "A1", count: 8), "AQ." + String(repeating: "a1", count: 10),
            "xai-" + String(repeating: "a1", count: 40), "ya29." + String(repeating: "a1", count: 10),
            "bedrock-api-key-" + String(repeating: "a1", count: 10),
            "eyJ" + String(repeating: "a1", count: 10) + ".eyJ" + String(repeating: "a1", count: 10) + ".a1a1",
            "hf_" + String(repeating: "a1", count: 17), "fw_" + String(repeating: "a1", count: 10),
            "pplx-" + String(repeating: "a1", count: 20), "tgp_v1_" + String(repeating: "a1", count: 20),
            "sk-lf-01234567-89ab-cdef-0123-456789abcdef", "sk-litellm-" + String(repeating: "a1", count: 8),
        ]
    )
    func keysAtEveryOffset(key: String) {
        for before in 0..<40 {
            for after in [0, 1, 15, 16, 17] {
                let text = String(repeating: ".", count: before) + key + String(repeating: " ", count: after)
                let found = KeyShapeScanner.matches(in: text)
                #expect(found.map(\.range) == [before..<before + key.utf8.count], "\(before) \(after)")
            }
        }
        let many = Array(repeating: key, count: 5).joined(separator: "\n")
        #expect(KeyShapeScanner.matches(in: many).count == 5)
    }

    @Test(
        "Searches a text of nothing but beginnings of keys in linear time",
        .serialized,
        .timeLimit(.minutes(1)),
        arguments: [
            "eyJa.", "eyJaaaa.aaaa.", "eyJaaaa.aaaa.aaaa..", "eyJ.", "ABSK=", "ABSKa+", "bedrock-api-key-=", "sk-",
            "AQ.",
            "ya29.", "xai-a ", "sk-ant-api03-.", "hf_", "hf_a.", "fw_", "fw_aaaa+", "pplx-", "pplx-a.", "tgp_v1_",
            "tgp_v1_a.", "sk-lf-", "sk-lf-00000000-", "sk-litellm-", "sk-litellm-a.", "Bearer ", "bearer\t", "Bearer <",
            "BEARER.", "h://", "h://u", "h://u:", "h://u:/", "h://u:p/", "h://u:9/", "h://u:${", "h://u:@",
            "h://u%3A/", "h://[u:", "h://u'", "://", ":/",
        ]
    )
    func manyBeginnings(word: String) {
        // In quadratic time, a quarter of a mebibyte takes minutes.
        let text = String(repeating: word, count: (1 << 18) / word.utf8.count)
        for end in ["", "-", "_", "}@h"] {
            #expect(KeyShapeScanner.matches(in: text + end).count <= 1)
        }
    }

    @Test("A web token has three parts, and padding ends a key")
    func partsOfKeys() {
        let part = String(repeating: "a1", count: 8)
        for text in ["eyJ\(part).\(part).\(part)", "see eyJ\(part).\(part).\(part)... and"] {
            #expect(KeyShapeScanner.matches(in: text).count == 1, "\(text)")
        }
        for text in ["eyJ\(part).\(part)", "eyJ\(part).\(part).\(part).\(part)", "eyJ\(part)..\(part).\(part)"] {
            #expect(KeyShapeScanner.matches(in: text).isEmpty, "\(text)")
        }
        let key = "bedrock-api-key-" + part + part
        for tail in ["", "=", "==", "==a", "= b"] {
            #expect(KeyShapeScanner.matches(in: key + tail).count == 1, "\(tail)")
        }
    }

    @Test("Each slug has its own row of the table and the endpoint in that row")
    func slugRows() throws {
        for slug in ProviderSlug.allCases {
            #expect(slug.facts.slug == slug)
            let config = JSONObject([
                JSONObject.Member(
                    name: slug.facts.requiredConfig?.description ?? "other",
                    value: .string("eu-central-1")
                )
            ])
            guard let template = slug.facts.endpoint?.description else { continue }
            let expanded = template.replacing("{region}", with: "eu-central-1")
                .replacing("{resourceName}", with: "eu-central-1")
            #expect(slug.facts.defaultURL(config: config) == (try BaseURL(expanded)))
        }
        let region = JSONObject([JSONObject.Member(name: "region", value: .string("us-east-1"))])
        #expect(ProviderSlug.xai.facts.defaultURL(config: region) == (try BaseURL("https://us-east-1.api.x.ai/v1")))
        // A value that is not valid in a host has no URL.
        let wrong = JSONObject([JSONObject.Member(name: "region", value: .string("a/b"))])
        #expect(ProviderSlug.xai.facts.defaultURL(config: wrong)?.origin.host != .name("a/b.api.x.ai"))
    }
}
