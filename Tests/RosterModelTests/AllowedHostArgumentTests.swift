import RosterJSON
import RosterModel
import Testing

/// Hosts as users write them in arguments.
@Suite("Allowed hosts in arguments")
struct AllowedHostArgumentTests {
    @Test(
        "A host, its URL and a path name one entry",
        arguments: [
            ("api.example.org", "api.example.org"), ("https://api.example.org", "api.example.org"),
            ("https://api.example.org/", "api.example.org"), ("HTTPS://API.example.org", "api.example.org"),
            ("API.Example.org", "api.example.org"), ("api.example.org/", "api.example.org"),
            ("https://api.example.org:443", "api.example.org"),
            ("https://api.example.org:8443", "api.example.org:8443"),
            ("https://api.example.org:8443/", "api.example.org:8443"),
            ("api.example.org:8443", "api.example.org:8443"), ("https://h.example.org/v1", "h.example.org/v1/"),
            ("https://h.example.org/v1/", "h.example.org/v1/"), ("h.example.org/v1", "h.example.org/v1/"),
            ("https://h.example.org:8443/Team/a", "h.example.org:8443/Team/a/"),
            ("http://localhost:11434", "localhost:11434"), ("http://127.0.0.1:80", "127.0.0.1:80"),
            ("http://localhost", "localhost"), ("https://localhost:443", "localhost:443"),
            ("https://[::1]:8443/v1", "[::1]:8443/v1/"), ("http://[::1]", "[::1]"),
            ("https://192.168.1.5", "192.168.1.5"), ("*.eu.example.com", "*.eu.example.com"),
            ("https://*.eu.example.com/v1", "*.eu.example.com/v1/"),
        ]
    )
    func accepted(text: String, entry: String) throws {
        #expect(try AllowedHost.entry(ofArgument: text).text == entry)
        // The entry names itself.
        #expect(try AllowedHost.entry(ofArgument: entry).text == entry)
    }

    private typealias Refusal = AllowedHost.ArgumentRefusal

    @Test(
        "Plain HTTP is for loopback alone",
        arguments: ["http://h.example.org", "http://10.0.0.1:80/v1", "http://*.localhost"]
    )
    func insecure(text: String) {
        #expect {
            try AllowedHost.entry(ofArgument: text)
        } throws: {
            if case .insecure? = $0 as? Refusal { true } else { false }
        }
    }

    @Test func partsThatAHostDoesNotHaveAreNamed() {
        let parts: [(String, BaseURL.Reason)] = [
            ("https://u:p@h.example.org", .userInfo), ("u@h.example.org", .userInfo), ("https://h/?a=b", .query),
            ("h.example.org?a=b", .query), ("https://h#x", .fragment), ("h.example.org/v1#x", .fragment),
            ("ftp://h.example.org", .scheme), ("h.example.org\\v1", .backslash), ("https://h:0", .port),
            ("https://h//v1", .emptySegment), ("https://h/../v1", .dotSegment), ("://h", .notAbsolute),
        ]
        for (text, reason) in parts {
            #expect(throws: Refusal.url(reason), "\(text)") { try AllowedHost.entry(ofArgument: text) }
        }
    }

    @Test(
        "What no file may have is refused in every spelling",
        arguments: [
            "", "*.com", "https://*.com", "*.github.io", "https://*.github.io", "169.254.169.254",
            "https://169.254.169.254", "https://metadata.google.internal/", "0x7f.1", "h.example.org.", "a b",
            "https://", "h:99999", "h.example.org/a;b", "https://h.example.org/%2e%2e", "*.1.2.3.4", "ex*mple.org",
        ]
    )
    func refused(text: String) {
        #expect(throws: Refusal.self) { try AllowedHost.entry(ofArgument: text) }
    }

    @Test func allRequestsOfAnEndpointAreAdmitted() throws {
        let bedrock = try Endpoint(
            slug: .bedrock,
            baseURL: nil,
            config: JSONObject([JSONObject.Member(name: "region", value: .string("eu-central-1"))]),
            model: "m"
        )
        #expect(
            bedrock.allowedHosts == [
                "bedrock-runtime.eu-central-1.amazonaws.com", "bedrock.eu-central-1.amazonaws.com",
            ]
        )
        for slug in ProviderSlug.allCases {
            for text in ["https://h.example.org", "https://h.example.org:8443/v1", "http://localhost:1234/v1"] {
                let endpoint = try Endpoint(slug: slug, baseURL: BaseURL(text), config: nil, model: "m")
                let hosts = try endpoint.allowedHosts.map { try AllowedHost($0) }
                #expect(hosts.count == 1)
                for url in [endpoint.chat, endpoint.models] {
                    #expect(hosts.contains { $0.admits(url.origin, path: url.path) }, "\(slug) \(url)")
                }
            }
        }
    }
}
