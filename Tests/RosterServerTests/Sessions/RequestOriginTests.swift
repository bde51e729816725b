import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("The origin of a request that signs in or out")
struct RequestOriginTests {
    private func status(_ fields: [(String, String)], target: String = "/sign-in") -> Int? {
        RequestOrigin.problem(with: Request.made(.POST, target, fields))?.status
    }

    @Test(arguments: [
        ("registry.example.com", "https://registry.example.com"),
        ("registry.example.com", "http://registry.example.com"),
        ("Registry.Example.com", "https://registry.example.com"), ("a.example:4100", "http://a.example:4100"),
        ("a.example:443", "https://a.example"), ("a.example", "https://a.example:443"),
        ("a.example:80", "http://a.example"),
        ("[::1]:4100", "http://[::1]:4100"), ("127.0.0.1:4100", "http://127.0.0.1:4100"),
    ])
    func acceptsItsOwn(host: String, origin: String) { #expect(status([("Host", host), ("Origin", origin)]) == nil) }

    @Test(arguments: [
        ("a.example", "https://evil.example"), ("a.example", "null"), ("a.example", ""), ("a.example", "a.example"),
        ("a.example", "https://a.example.evil.example"), ("a.example", "https://evil.example/a.example"),
        ("a.example", "https://b.a.example"), ("a.example:4100", "http://a.example:4200"),
        ("a.example:4100", "http://a.example"), ("a.example", "http://a.example:8080"),
        ("a.example:80", "https://a.example"),
        ("a.example:443", "http://a.example"), ("a.example", "file://a.example"), ("a.example", "https:a.example"),
        ("a.example", "https://a.example/"), ("a.example", "https://user@a.example"), ("a.example", "https://"),
        ("", "https://"), ("", "http://"), (":80", "http://"), ("a.example", "https://a.example, https://evil.example"),
        ("localhost:4100", "http://127.0.0.1:4100"), ("a.example", "chrome-extension://a.example"),
    ])
    func refusesAnother(host: String, origin: String) {
        #expect(status([("Host", host), ("Origin", origin)]) == 403)
        let fetch = ("Sec-Fetch-Site", "same-origin")
        #expect(status([("Host", host), ("Origin", origin), fetch]) == 403, "the origin decides when there is one")
    }

    @Test func refusesSeveral() {
        #expect(status([("Host", "a"), ("Origin", "https://a"), ("Origin", "https://a")]) == 403)
    }

    @Test(
        arguments: [
            (nil, 403), ("same-origin", nil), ("same-site", 403), ("cross-site", 403), ("none", 403), ("", 403),
            ("Same-Origin", 403),
        ] as [(String?, Int?)]
    )
    func withoutAnOriginNeedsSecFetchSite(site: String?, expected: Int?) {
        #expect(status(site.map { [("Sec-Fetch-Site", $0)] } ?? []) == expected)
    }

    @Test func refusesSeveralFieldsOfTheSite() {
        #expect(status([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "same-origin")]) == 403)
    }

    @Test func aTargetWithAHostOverridesTheField() {
        let fields = [("Host", "a.example"), ("Origin", "http://a.example")]
        #expect(status(fields, target: "http://evil.example/sign-in") == 403)
        #expect(status(fields, target: "http://a.example/sign-in") == nil)
    }

    @Test(arguments: [
        ("registry.example.com", "http://registry.example.com", true),
        ("registry.example.com", "https://registry.example.com", false),
        ("localhost:4100", "http://localhost:4100", false), ("10.0.0.1:4100", "http://10.0.0.1:4100", true),
    ])
    func findsABrowserThatWouldNotStoreTheCookie(host: String, origin: String, expected: Bool) {
        #expect(
            RequestOrigin.isUnencrypted(Request.made(.POST, "/", [("Host", host), ("Origin", origin)])) == expected
        )
    }
}
