import NIOHTTP1
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Signing in and out")
struct SignInTests {
    private typealias Token = ServedRepository.Token

    @Test func returnsToThePageThatAskedForIt() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        let page = try await browser.get("/p/acme/gpt-4o?model=a%20b")
        #expect(page.status == 401 && page["WWW-Authenticate"] == "Bearer" && page["Location"] == nil)
        #expect(page.text.contains("<input type=hidden name=to value=\"/p/acme/gpt-4o?model=a%20b\">"))
        let answer = try await browser.signIn(Token.all.text, to: "%2Fp%2Facme%2Fgpt-4o%3Fmodel%3Da%2520b")
        #expect(answer.status == 303 && answer["Location"] == "/p/acme/gpt-4o?model=a%20b" && answer.body.isEmpty)
        let signedIn = try await browser.get("/p/acme/gpt-4o?model=a%20b")
        #expect(signedIn.status == 200 && signedIn.text.contains("action=\"/sign-out\""))
    }

    @Test func theCookieHoldsAHandleAndNothingElse() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        let answer = try await browser.signIn(.all)
        let handle = try #require(browser.handle)
        #expect(SessionHandle(handle) != nil)
        #expect(answer["Set-Cookie"] == "roster=\(handle); HttpOnly; SameSite=Strict; Path=/; Max-Age=43200")
        for field in answer.fields where field.name != "Set-Cookie" { #expect(!field.value.contains(handle)) }
    }

    @Test func throughAProxyTheCookieNeedsHTTPS() async throws {
        let server = try await ServedExample()
        for isNamed in [true, false] {
            var browser = TestBrowser(server)
            if isNamed { browser.host = "registry.example.com" }
            browser.origin = "https://" + browser.host
            let fields = isNamed ? [] : [("X-Forwarded-For", "192.0.2.9")]
            let answer = try await browser.signIn(Token.all.text, fields)
            let cookie = try #require(answer["Set-Cookie"])
            #expect(cookie.hasPrefix("__Host-roster=") && cookie.contains("; Secure; SameSite=Strict; Path=/;"))
            #expect(try await browser.get("/", fields).status == 200)
        }
    }

    @Test func refusesABrowserThatWouldNotStoreTheCookie() async throws {
        var browser = TestBrowser(try await ServedExample())
        browser.host = "registry.example.com"
        let answer = try await browser.signIn(.all)
        #expect(answer.status == 403 && answer["Set-Cookie"] == nil && answer.text.contains("begins with https"))
    }

    @Test(arguments: [
        Token.expired.text, "sk_" + String(repeating: "A", count: 43), "", "x", "Bearer%20" + Token.all.text,
        Token.all.text.uppercased(), Token.all.text + "x",
    ])
    func refusesAnotherToken(_ token: String) async throws {
        var browser = TestBrowser(try await ServedExample())
        let answer = try await browser.signIn(token, to: "/status.html")
        #expect(answer.status == 401 && answer["Set-Cookie"] == nil && answer["WWW-Authenticate"] == "Bearer")
        #expect(
            answer.text.contains("role=alert>This token is not valid") && answer.text.contains("value=\"/status.html\"")
        )
        #expect(answer.text.contains("aria-invalid=true") && !answer.text.contains(Token.all.text))
        #expect(try await browser.get().status == 401)
    }

    @Test func allResponsesHaveTheFieldsOfPagesAndAreNotStored() async throws {
        let server = try await ServedExample()
        var browser = TestBrowser(server)
        var answers = [try await browser.get("/"), try await browser.get("/sign-in"), try await browser.signIn("x")]
        answers.append(try await browser.signIn(Token.all.text, [("Origin", "null")]))
        answers.append(try await browser.signIn(.all))
        answers.append(try await browser.signOut())
        #expect(answers.map(\.status) == [401, 200, 401, 403, 303, 303])
        for answer in answers {
            #expect(answer["Cache-Control"] == "no-store" && answer["ETag"] == nil)
            #expect(answer["Content-Security-Policy"]?.contains("form-action 'self'") == true)
            #expect(answer["X-Frame-Options"] == "DENY" && answer["Referrer-Policy"] == "no-referrer")
            #expect(answer.status == 303 || answer.text.contains("<meta name=referrer content=same-origin>"))
            #expect(answer["X-Content-Type-Options"] == "nosniff" && answer["Vary"]?.contains("Cookie") == true)
            #expect(answer["Roster-Digest"] == nil && answer["Roster-Revision"] == nil)
            #expect(!answer.text.contains("data-digest"), "nothing of the registry")
        }
    }

    @Test func browsersDoNotStoreThePagesOfASession() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        for path in ["/", "/status.html", "/p/acme/gpt-4o"] {
            for gzip in [[], [("Accept-Encoding", "gzip")]] {
                let page = try await browser.get(path, gzip)
                #expect(page["Cache-Control"] == "private, no-store" && page["ETag"] == nil, "\(path)")
                let token = try await browser.get(path, gzip + [("Authorization", "Bearer \(Token.all.text)")])
                #expect(token["Cache-Control"] == "private, no-cache" && token["ETag"] != nil, "\(path)")
            }
        }
    }

    @Test func offersThePageToAReaderFromALink() async throws {
        var browser = TestBrowser(try await ServedExample())
        let link = "<a href=\"/p/acme/gpt-4o?a=1&amp;b=2\">Open the page</a>"
        for (site, isOffered) in [("cross-site", true), ("same-site", false), ("same-origin", false), ("none", false)] {
            let page = try await browser.get("/p/acme/gpt-4o?a=1&b=2", [("Sec-Fetch-Site", site)])
            #expect(page.status == 401 && page.text.contains(link) == isOffered, "\(site)")
        }
        let hostile = try await browser.get("//evil.example/%22%3E%3Cscript%3E", [("Sec-Fetch-Site", "cross-site")])
        #expect(hostile.status == 404)
        let encoded = try await browser.get("/?q=%22><script>", [("Sec-Fetch-Site", "cross-site")])
        #expect(encoded.status == 401 && !encoded.text.contains("<script>"))
        #expect(encoded.text.contains("value=\"/?q=%22%3E%3Cscript%3E\""))
    }

    @Test func anOpenServerHasNoSignIn() async throws {
        var browser = TestBrowser(try await ServedExample(isOpen: true))
        #expect(try await browser.get("/sign-in").status == 404)
        #expect(try await browser.signIn(.all).status == 404)
        #expect(try await browser.signOut().status == 404)
        let page = try await browser.get("/")
        #expect(page.status == 200 && !page.text.contains("sign-out"))
        #expect(try await browser.send(.HEAD, "/events").status == 200)
    }

    @Test func keepsTheGuardOfAnOpenServer() async throws {
        var browser = TestBrowser(try await ServedExample(isOpen: true))
        browser.host = "evil.example"
        for path in ["/sign-in", "/events", "/"] { #expect(try await browser.get(path).status == 421, "\(path)") }
        #expect(try await browser.signIn(.all).status == 421)
        #expect(try await browser.signOut().status == 421)
    }

    @Test func aServerWithoutPagesOrWithoutARegistryHasNone() async throws {
        let server = try await ServedExample()
        let store = server.responder.store
        let responders = [
            (HTTPResponder(store: store, metrics: ServerMetrics(), servesPages: false), 404),
            (HTTPResponder(store: SnapshotStore(mayBeOpen: false), metrics: ServerMetrics()), 503),
        ]
        for (responder, expected) in responders {
            for (method, path) in [("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/events"), ("GET", "/")] {
                let fields = TestBrowser.form + [("Origin", "http://127.0.0.1:4100")]
                let request = Request.made(.init(rawValue: method), path, fields, body: "token=\(Token.all.text)")
                guard case .ready(let response) = responder.outcome(of: request) else {
                    Issue.record("\(path)")
                    continue
                }
                #expect(response.status == expected, "\(method) \(path)")
            }
        }
    }

    @Test func answersOtherMethods() async throws {
        var browser = try await ServedExample().browser(signedInAs: .all)
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "post"] {
            let answer = try await browser.send(
                .init(rawValue: method),
                "/sign-in",
                [("Origin", "http://127.0.0.1:4100")]
            )
            #expect(answer.status == 405 && answer["Allow"] == "GET, HEAD, POST", "\(method)")
        }
        for method in ["GET", "HEAD", "PUT", "DELETE"] {
            let answer = try await browser.send(
                .init(rawValue: method),
                "/sign-out",
                [("Origin", "http://127.0.0.1:4100")]
            )
            #expect(answer.status == 405 && answer["Allow"] == "POST", "\(method)")
        }
        for method in ["POST", "PUT", "DELETE"] {
            for path in ["/", "/events", "/status.html"] {
                #expect(try await browser.send(.init(rawValue: method), path).status == 405, "\(method) \(path)")
            }
        }
        #expect(try await browser.get().status == 200, "a link cannot sign out")
        let head = try await browser.send(.HEAD, "/sign-in")
        let page = try await browser.send(.GET, "/sign-in")
        #expect(head.status == 200 && head.body.isEmpty && head["Content-Length"] == page["Content-Length"])
        #expect(try await browser.send(.HEAD, "/", [("Cookie", "")]).status == 401)
    }

    @Test func refusesOtherFormsWithoutCountingThem() async throws {
        var browser = TestBrowser(try await ServedExample())
        let origin = [("Origin", "http://127.0.0.1:4100")]
        for _ in 0..<12 {
            let text = try await browser.send(
                .POST,
                "/sign-in",
                origin + [("Content-Type", "text/plain")],
                body: "token=x"
            )
            #expect(text.status == 415)
            let twice = try await browser.send(.POST, "/sign-in", origin + TestBrowser.form, body: "token=x&token=y")
            #expect(twice.status == 400)
        }
        #expect(try await browser.signIn(.all).status == 303)
    }

    @Test func signOutRemovesTheCookieAndTheStoredPages() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        let handle = try #require(browser.handle)
        let answer = try await browser.signOut()
        #expect(answer.status == 303 && answer["Location"] == "/sign-in" && answer["Clear-Site-Data"] == "\"cache\"")
        #expect(
            answer["Set-Cookie"] == "roster=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0" && browser.handle == nil
        )
        #expect(try await browser.get("/", [("Cookie", "roster=\(handle)")]).status == 401)
        #expect(try await browser.signOut().status == 303, "a second time as well")
    }

    @Test func severalCookiesAreExplainedAndAllEnd() async throws {
        let server = try await ServedExample()
        var browser = try await server.browser(signedInAs: .all)
        let cookie = try #require(browser.cookie)
        let several = [("Cookie", "\(cookie); roster=x; roster=" + String(repeating: "A", count: 43))]
        let refused = try await browser.get("/p/acme/claude", several)
        #expect(refused.status == 401 && refused.text.contains("several cookies with the name of the session"))
        #expect(try await browser.get("/", [("Cookie", cookie)]).status == 200)
        #expect(try await browser.signOut(several).status == 303)
        #expect(try await browser.get("/", [("Cookie", cookie)]).status == 401, "the session has ended")
    }

    @Test func signOutEndsThisBrowserOnly() async throws {
        let server = try await ServedExample()
        var (one, other) = (try await server.browser(signedInAs: .all), try await server.browser(signedInAs: .all))
        _ = try await one.signOut()
        #expect(try await other.get().status == 200)
    }
}
