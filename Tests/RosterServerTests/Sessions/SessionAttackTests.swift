import NIOHTTP1
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Attacks on sessions")
struct SessionAttackTests {
    private typealias Token = ServedRepository.Token

    // MARK: Fixation

    @Test func doesNotAdoptAPlantedHandle() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        let planted = SessionHandle().text
        let answer = try await browser.signIn(Token.all.text, [("Cookie", "roster=\(planted)")])
        #expect(answer.status == 303 && browser.handle != planted)
        #expect(try await browser.get("/", [("Cookie", "roster=\(planted)")]).status == 401)
    }

    @Test func aSessionOfTheAttackerEndsWithTheSignInOfTheVictim() async throws {
        let server = try await ServedExample()
        let attacker = try await server.browser(signedInAs: .reader)
        let planted = try #require(attacker.handle)
        var victim = TestBrowser(server)
        _ = try await victim.signIn(Token.all.text, [("Cookie", "roster=\(planted)")])
        #expect(victim.handle != planted)
        #expect(try await victim.get("/", [("Cookie", "roster=\(planted)")]).status == 401)
    }

    @Test func aWrongTokenKeepsTheSession() async throws {
        var browser = try await ServedExample().browser(signedInAs: .all)
        #expect(try await browser.signIn("x").status == 401)
        #expect(try await browser.get().status == 200)
    }

    // MARK: Cross-site request forgery

    private static let foreign: [[(String, String)]] = [
        [("Origin", "https://evil.example")], [("Origin", "null")], [("Origin", "http://127.0.0.1:4101")],
        [("Origin", "http://localhost:4100")], [("Origin", "")], [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")], [("Sec-Fetch-Site", "none")],
        [("Origin", "http://127.0.0.1:4100"), ("Origin", "http://127.0.0.1:4100")],
        [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")],
    ]

    @Test func otherSitesCannotSignInOrOut() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        for fields in Self.foreign {
            let signIn = try await browser.signIn(Token.reader.text, fields)
            #expect(signIn.status == 403 && signIn["Set-Cookie"] == nil, "\(fields)")
            let signOut = try await browser.signOut(fields)
            #expect(signOut.status == 403 && signOut["Set-Cookie"] == nil, "\(fields)")
            #expect(signOut["Clear-Site-Data"] == nil)
        }
        let plain = try await browser.send(.POST, "/sign-out")
        #expect(plain.status == 403, "neither field")
        #expect(try await browser.get().status == 200)
        #expect(try await browser.signOut([("Sec-Fetch-Site", "same-origin")]).status == 303)
    }

    @Test func formsOfOtherSitesDoNotLockTheClientOut() async throws {
        var browser = TestBrowser(try await ServedExample())
        for _ in 0..<20 { _ = try await browser.signIn("x", [("Origin", "https://evil.example")]) }
        #expect(try await browser.signIn(.all).status == 303)
    }

    // MARK: The cookie and the API

    @Test func theAPINeverTakesTheCookie() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        let wrong = ("Authorization", "Bearer sk_" + String(repeating: "A", count: 43))
        let item = ServedExample.item(ServedRepository.gpt)
        let paths: [(HTTPMethod, String)] = [
            (.GET, ServedExample.list), (.GET, item), (.PATCH, item), (.DELETE, item), (.POST, ServedExample.list),
            (.GET, ServedExample.list + "/acme/gpt-4o"), (.GET, "/api/v1/projects"), (.GET, "/v1/models"),
            (.GET, "/api/v1/projects/acme"), (.GET, "/api/v1/events"), (.POST, "/mcp"),
        ]
        for (method, path) in paths {
            for fields in [[], [wrong], [("Authorization", "")], [("Authorization", "Cookie")]] {
                let answer = try await browser.send(method, path, fields, body: method == .GET ? nil : "{}")
                #expect(answer.status == 401, "\(method) \(path) \(fields)")
            }
        }
        let status = try await browser.get("/status")
        #expect(status.object.keys.sorted() == ["digest", "loadedAt", "ready"], "as without a token")
        #expect(try await browser.get("/status", [wrong]).status == 401)
    }

    @Test func aWrongAuthorizationIsNotReplacedByTheCookie() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        for value in ["Bearer x", "Bearer \(Token.expired.text)", "Basic eDp5", ""] {
            for path in ["/", "/status.html", "/p/acme/gpt-4o", "/events"] {
                #expect(try await browser.get(path, [("Authorization", value)]).status == 401, "\(path) \(value)")
            }
        }
        let token = try await browser.get("/", [("Authorization", "Bearer \(Token.locked.text)")])
        #expect(token.status == 200 && !token.text.contains("/p/acme/") && !token.text.contains("sign-out"))
    }

    // MARK: Forged cookies

    @Test func refusesForgedCookies() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        let handle = try #require(browser.handle)
        let forged = [
            "roster=\(handle); roster=\(handle)", "roster=\(SessionHandle().text); roster=\(handle)",
            "roster=\(handle); roster=", "__Host-roster=\(handle)", "Roster=\(handle)", "roster=\"\(handle)\"",
            "roster=\(handle)A", "roster=\(handle.dropLast())", "roster=\(handle.reversed())", "roster=\(handle)%20",
            "roster=" + String(repeating: "A", count: 12_000), "roster=\(Token.all.text)", "roster=\(Token.all.hash)",
            "roster=", "",
        ]
        for cookie in forged {
            for path in ["/", "/events", "/status.html"] {
                #expect(try await browser.get(path, [("Cookie", cookie)]).status == 401, "\(cookie)")
            }
        }
        let fields = [("Cookie", "roster=\(handle)"), ("Cookie", "a=b")]
        #expect(try await browser.get("/", fields).status == 401)
        #expect(try await browser.get("/", [("Cookie", "a=b; roster=\(handle); c=d")]).status == 200)
        browser.host = "registry.example.com"
        #expect(try await browser.get("/").status == 401, "a cookie without the prefix is not one over HTTPS")
    }

    @Test func theHashOfAHandleIsNotAHandle() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        let handle = try #require(browser.handle.flatMap { SessionHandle($0) })
        let hash = TokenHash(of: handle.text.utf8.span).description
        for forged in [hash, String(hash.prefix(43))] {
            #expect(try await browser.get("/", [("Cookie", "roster=\(forged)")]).status == 401)
        }
    }

    // MARK: Guessing

    @Test func limitsWrongTokensByAddress() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        for _ in 0..<10 { #expect(try await browser.signIn("x").status == 401) }
        let refused = try await browser.signIn("x", to: "/status.html")
        #expect(refused.status == 429 && refused["Retry-After"] == "61" && refused["Set-Cookie"] == nil)
        #expect(refused.text.contains("Too many wrong tokens") && refused.text.contains("value=\"/status.html\""))
        let right = try await browser.signIn(.all)
        let wrong = try await browser.signIn("y")
        #expect(right.status == 429 && right.text == wrong.text, "the answer does not depend on the token")
        var other = TestBrowser(server)
        other.address = ClientAddress("192.0.2.2")
        #expect(try await other.signIn(.all).status == 303)
        #expect(try await other.get().status == 200)
        browser.now += 61
        #expect(try await browser.signIn(.all).status == 303)
    }

    @Test func forwardedAddressesAreNotTrustedWithoutTheOption() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        browser.origin = "https://127.0.0.1:4100"
        for number in 0..<10 {
            #expect(try await browser.signIn("x", [("X-Forwarded-For", "10.0.0.\(number)")]).status == 401)
        }
        #expect(try await browser.signIn("x", [("X-Forwarded-For", "10.9.9.9")]).status == 429)
    }

    @Test func clientsOfATrustedProxyHaveTheirOwnLimits() async throws {
        let server = try await ServedExample()
        let network = try #require(AddressNetwork("10.0.0.0/8"))
        let responder = HTTPResponder(
            store: server.responder.store,
            metrics: ServerMetrics(),
            trustedProxies: [network]
        )
        var browser = TestBrowser(responder)
        (browser.host, browser.origin) = ("registry.example.com", "https://registry.example.com")
        browser.address = ClientAddress("10.0.0.1")
        func fields(_ client: String) -> [(String, String)] { [("X-Forwarded-For", client)] }
        for number in 0..<11 {
            // What the client claims precedes the address that the proxy appends.
            let claimed = fields("203.0.113.\(number), 192.0.2.1")
            #expect(try await browser.signIn("x", claimed).status == (number < 10 ? 401 : 429))
        }
        #expect(try await browser.signIn(Token.all.text, fields("192.0.2.1")).status == 429)
        #expect(try await browser.signIn(Token.all.text, fields("192.0.2.2")).status == 303)
        browser.address = ClientAddress("192.0.2.1")
        #expect(try await browser.signIn(Token.all.text, fields("192.0.2.2")).status == 429, "not a trusted proxy")
    }

    // MARK: Expiry, policies, revocation

    @Test func endsAfterTwelveHours() async throws {
        var browser = try await ServedExample().browser(signedInAs: .all)
        browser.now += 12 * 3600 - 1
        #expect(try await browser.get().status == 200)
        browser.now += 1
        for path in ["/", "/status.html", "/p/acme/gpt-4o", "/events"] {
            #expect(try await browser.get(path).status == 401)
        }
    }

    @Test func endsWithTheDayOfTheToken() async throws {
        let server = try await ServedExample()
        try await server.swap(
            try ServedExample.roster {
                $0.replacing("policies: [reader]}", with: "policies: [reader], expires: 2026-11-30}")
            }
        )
        var browser = TestBrowser(server)
        browser.now = 1_796_083_199 - 3600  // An hour before the end of 2026-11-30.
        #expect(CalendarDate(of: .test(browser.now)).description == "2026-11-30")
        #expect(try await browser.signIn(.reader).status == 303)
        #expect(try await browser.get().status == 200)
        browser.now += 3601
        #expect(try await browser.get().status == 401)
        #expect(try await browser.get("/events").status == 401)
    }

    @Test func aPolicyThatChangesChangesTheSession() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .reader)
        func matchesTheToken() async throws -> Bool {
            for path in ["/", "/p/acme/gpt-4o", "/p/acme/claude", "/p/labs/grok", "/status.html"] {
                let session = try await browser.get(path)
                let token = try await browser.get(path, [("Authorization", "Bearer \(Token.reader.text)")])
                let text = session.text.replacing(
                    "<form method=post action=\"/sign-out\"><button class=quiet>Sign out</button></form>",
                    with: ""
                ).replacing("\n<meta name=referrer content=same-origin>", with: "")
                guard session.status == token.status, text == token.text else { return false }
            }
            return true
        }
        #expect(try await matchesTheToken())
        #expect(try await browser.get("/p/labs/grok").status == 404)
        try await server.swap(
            try ServedExample.roster { $0.replacing("policies: [reader]}", with: "policies: [all, denied]}") }
        )
        #expect(try await matchesTheToken())
        #expect(try await browser.get("/p/labs/grok").status == 200)
        #expect(try await browser.get("/p/acme/gpt-4o").status == 404)
        try await server.swap(
            try ServedExample.roster { $0.replacing("name: reader,", with: "name: reader, project: labs,") }
        )
        #expect(try await matchesTheToken())
        #expect(try await browser.get("/p/acme/claude").status == 404)
    }

    @Test func endsWhenAReloadRevokesTheToken() async throws {
        let server = try await ServedExample()
        var (browser, other) = (
            try await server.browser(signedInAs: .reader), try await server.browser(signedInAs: .all)
        )
        try await server.swap(try ServedExample.roster(without: .reader))
        for path in ["/", "/status.html", "/p/acme/gpt-4o", "/events"] {
            #expect(try await browser.get(path).status == 401, "\(path)")
        }
        #expect(try await other.get().status == 200)
        try await server.swap([:])
        #expect(try await browser.get().status == 200, "the session has the rights that the token has now")
    }

    // MARK: Random sequences

    private struct Tab {
        var browser: TestBrowser
        var signedIn: (token: ServedRepository.Token, start: Int64)?
        /// The cookies of the sessions before, as an attacker may have them.
        var stale: [String] = []
    }

    @Test func sessionsHaveTheRightsOfTheirTokenInRandomSequences() async throws {
        var numbers = SeededGenerator()
        let server = try await ServedExample()
        let tokens: [Token] = [.all, .reader, .locked, .denied]
        var revoked: Token?
        var tabs = (0..<3).map { _ in Tab(browser: TestBrowser(server)) }
        var now: Int64 = 1_796_000_000
        for _ in 0..<40 {
            let index = Int.random(in: 0..<tabs.count, using: &numbers)
            tabs[index].browser.now = now
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0...3:
                let token = try #require(tokens.randomElement(using: &numbers))
                let old = tabs[index].browser.cookie
                let answer = try await tabs[index].browser.signIn(token)
                #expect(answer.status == (token == revoked ? 401 : 303))
                guard token != revoked else { break }
                if let old { tabs[index].stale.append(old) }
                tabs[index].signedIn = (token, now)
            case 4:
                if let old = tabs[index].browser.cookie { tabs[index].stale.append(old) }
                #expect(try await tabs[index].browser.signOut().status == 303)
                tabs[index].signedIn = nil
            case 5: now += Int64.random(in: 60..<5 * 3600, using: &numbers)
            case 6: now += Int64.random(in: 60..<13 * 3600, using: &numbers)
            default:
                revoked = Bool.random(using: &numbers) ? tokens.randomElement(using: &numbers) : nil
                try await server.swap(try revoked.map { try ServedExample.roster(without: $0) } ?? [:])
            }
            // Ten wrong tokens of one address in a minute are another test.
            now += 61
            for index in tabs.indices {
                tabs[index].browser.now = now
                let isCurrent = tabs[index].signedIn.map { now - $0.start < 12 * 3600 && $0.token != revoked } ?? false
                let page = try await tabs[index].browser.get("/p/acme/gpt-4o")
                let sees = isCurrent && [.all, .reader].contains(tabs[index].signedIn?.token)
                #expect(page.status == (sees ? 200 : isCurrent ? 404 : 401))
                if let stale = tabs[index].stale.randomElement(using: &numbers) {
                    #expect(try await tabs[index].browser.get("/", [("Cookie", stale)]).status == 401)
                }
            }
        }
    }
}
