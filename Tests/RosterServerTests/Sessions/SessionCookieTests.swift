import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("The cookie of a session")
struct SessionCookieTests {
    private static let text = String(repeating: "Az-_09", count: 7) + "x"
    private static let secureHost = ("Host", "registry.example.com")

    private func handle(_ cookies: [String], _ host: (String, String) = secureHost) -> String? {
        let request = Request.made(.GET, "/", [host] + cookies.map { ("Cookie", $0) })
        return SessionCookie(of: request).handle(in: request)?.text
    }

    @Test(arguments: [
        "__Host-roster=\(text)", "a=b; __Host-roster=\(text)", "__Host-roster=\(text);a=b",
        "a; __Host-roster=\(text); ",
        "=; __Host-roster=\(text)", "roster=\(text)x; __Host-roster=\(text)", "x__Host-roster=1; __Host-roster=\(text)",
    ])
    func readsTheHandle(_ cookie: String) { #expect(handle([cookie]) == Self.text) }

    @Test(
        "Refuses other forms",
        arguments: [
            [], [""], ["__Host-roster"], ["__Host-roster="], ["roster=\(text)"], ["__host-roster=\(text)"],
            ["__Host-roster=\"\(text)\""], ["__Host-roster= \(text)"], ["__Host-roster =\(text)"],
            ["__Host-roster=\(text)x"], ["__Host-roster=\(text.dropLast())"], ["__Host-roster=\(text.dropLast())%"],
            ["__Host-roster=\(text.dropLast())="], ["__Host-roster=\(text),a"], ["x__Host-roster=\(text)"],
            ["__Host-roster=\(text); __Host-roster=\(text)"], ["__Host-roster=x; __Host-roster=\(text)"],
            ["__Host-roster=\(text); __Host-roster"], ["__Host-roster=\(text)", "a=b"],
            ["__Host-roster=\(text)", "__Host-roster=\(text)"], ["$Version=1; __Host-roster=\"\(text)\""],
            ["\u{2003}__Host-roster=\(text)"], ["__Host-roster=\(String(repeating: "A", count: 8000))"],
            ["a=\u{0}; \u{B}__Host-roster=\(text)"], ["a=b,__Host-roster=\(text)"],
        ] as [[String]]
    )
    func refuses(_ cookies: [String]) {
        // The last: one without a value is not a second handle.
        #expect(handle(cookies) == (cookies == ["__Host-roster=\(Self.text); __Host-roster"] ? Self.text : nil))
    }

    @Test func readsALongFieldInLinearTime() {
        let cookie = String(repeating: "a=b;", count: 4000) + "__Host-roster=\(Self.text)"
        #expect(handle([cookie]) == Self.text)
    }

    @Test(
        "Is without Secure only for a browser that names this machine and uses no proxy",
        arguments: [
            ([("Host", "localhost:4100")], .local), ([("Host", "127.0.0.1")], .local), ([("Host", "[::1]:80")], .local),
            ([("Host", "LOCALHOST")], .local), ([("Host", "registry.example.com")], .secure),
            ([("Host", "localhost.example.com")], .secure), ([("Host", "127.0.0.2")], .secure),
            ([("Host", "")], .secure),
            ([("Host", "10.0.0.1:4100")], .secure), ([("Host", "localhost"), ("X-Forwarded-Proto", "https")], .secure),
            ([("Host", "localhost"), ("X-Forwarded-Proto", "http")], .secure),
            ([("Host", "localhost"), ("Forwarded", "for=192.0.2.1")], .secure),
            ([("Host", "localhost"), ("Via", "1.1 x")], .secure),
        ] as [([(String, String)], SessionCookie)]
    )
    func choosesTheForm(_ fields: [(String, String)], _ expected: SessionCookie) {
        #expect(SessionCookie(of: Request.made(.GET, "/", fields)) == expected)
    }

    @Test func choosesTheStricterFormWithoutAHost() {
        #expect(SessionCookie(of: Request.made(version: .http1_0)) == .secure)
        let absolute = Request.made(.GET, "http://registry.example.com/", [("Host", "localhost")])
        #expect(SessionCookie(of: absolute) == .secure)
    }

    @Test func setsAndRemovesTheCookie() {
        let handle = SessionHandle()
        let rest = "HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age="
        #expect(SessionCookie.secure.setting(handle, isHTTPS: false) == "__Host-roster=\(handle.text); \(rest)43200")
        #expect(SessionCookie.secure.removing(isHTTPS: false) == "__Host-roster=; \(rest)0")
        let local = "HttpOnly; SameSite=Strict; Path=/; Max-Age="
        #expect(SessionCookie.local.setting(handle, isHTTPS: false) == "roster=\(handle.text); \(local)43200")
        #expect(SessionCookie.local.removing(isHTTPS: false) == "roster=; \(local)0")
        #expect(SessionCookie.local.setting(handle, isHTTPS: true) == "roster=\(handle.text); \(rest)43200")
    }
}
