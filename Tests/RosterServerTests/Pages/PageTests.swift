import NIOHTTP1
import RosterModel
import RosterPages
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Pages")
struct PageTests {
    private static func get(_ path: String, _ fields: [(String, String)] = []) async throws -> ResponderFixture.Answer {
        try await ResponderFixture().send(.GET, path, nil, fields)
    }

    @Test(arguments: [
        "/", "/p/acme/p0", "/p/acme/missing", "/p/A/b", "/p/a", "/p/", "/status.html", "/?page=2&utm_source=mail",
    ])
    func everyPageHasThePolicy(_ path: String) async throws {
        let answer = try await Self.get(path)
        #expect(answer.text.hasPrefix("<!doctype html>\n"))
        #expect(
            answer.status == (["/", "/p/acme/p0", "/status.html"].contains(path) || path.hasPrefix("/?") ? 200 : 404)
        )
        for field in [
            "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'sha256-",
            "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
            "Content-Type: text/html; charset=utf-8",
            "Cache-Control: \(answer.status == 200 ? "private, no-cache" : "no-store")\r\n",
        ] {
            #expect(answer.head.contains(field), "\(field)")
        }
        // Scripts write what was copied, and a newer registry, into these elements.
        #expect(answer.text.contains("<div id=copied ") && answer.text.contains("<div id=live "))
        #expect(!answer.head.contains("unsafe-inline") && !answer.text.contains(" style="))
    }

    @Test func filesHaveDigestsInTheirNames() async throws {
        let page = try await Self.get("/").text
        for asset in Asset.all {
            #expect(page.contains("\"\(asset.path)\""))
            let answer = try await Self.get(asset.path)
            #expect(answer.status == 200 && answer.body == asset.bytes)
            #expect(answer.head.contains("Cache-Control: public, max-age=31536000, immutable"))
            #expect(answer.head.contains("X-Content-Type-Options: nosniff"))
        }
        #expect(Asset.script.bytes.count <= 4096)
        #expect(try await Self.get("/assets/page-000000000000.css").status == 404)
        #expect(try await Self.get("/assets/").status == 404)
    }

    @Test func pagesCanBeTurnedOff() async throws {
        let open = try await ResponderFixture()
        let responder = HTTPResponder(store: open.responder.store, metrics: ServerMetrics(), servesPages: false)
        let fixture = ResponderFixture(responder)
        for path in ["/", "/p/acme/p0", "/status.html", Asset.style.path] {
            let answer = try await fixture.send(.GET, path)
            #expect(answer.status == 404 && answer.head.contains("application/problem+json"), "\(path)")
        }
        #expect(try await fixture.send(.GET, "/api/v1/ai-providers").status == 200)
    }

    @Test(arguments: ["POST", "PUT", "DELETE"])
    func pagesAreOnlyRead(_ method: String) async throws {
        let fixture = try await ResponderFixture()
        let answer = try await fixture.send(.init(rawValue: method), "/")
        #expect(answer.status == 405 && answer.head.contains("Allow: GET, HEAD"))
    }

    @Test func aPageIsNotSentAgain() async throws {
        let fixture = try await ResponderFixture()
        let first = try await fixture.send(.GET, "/")
        let tag = try #require(first.head.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }?.dropFirst(6))
        #expect(try await fixture.send(.GET, "/", nil, [("If-None-Match", String(tag))]).status == 304)
        let head = try await fixture.send(.HEAD, "/")
        #expect(head.status == 200)
    }

    @Test func aLongListIsInPages() async throws {
        let fixture = try await ResponderFixture(providers: 250)
        let first = try await fixture.send(.GET, "/").text
        #expect(first.contains("1–100 of 252 providers"))
        let last = try await fixture.send(.GET, "/?page=999").text
        #expect(last.contains("201–252 of 252 providers") && last.contains("rel=prev") && !last.contains("rel=next"))
    }

    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

    @Test(arguments: ["/api/v1/ai-providers/acme/p0", "/api/v1/ai-providers/aip_n000000000000000"])
    func aBrowserAtTheAddressOfARecordIsLedToItsPage(_ path: String) async throws {
        let fixture = try await ResponderFixture()
        for method in [HTTPMethod.GET, .HEAD] {
            let answer = try await fixture.send(method, path, nil, [("Accept", Self.browser)])
            #expect(answer.status == 303 && answer.head.contains("\r\nLocation: /p/acme/p0\r\n"))
            #expect(answer.head.contains("Vary: Accept\r\n") && answer.head.contains("no-store"))
        }
        for accept in [
            "*/*", "application/json", "application/json, text/html;q=0.9", "text/html;q=0", "text/*", "",
            "application/json, text/html",
        ] {
            let answer = try await fixture.send(.GET, path, nil, [("Accept", accept)])
            #expect(answer.status == 200 && answer.head.contains("application/json"), "\(accept)")
        }
        #expect(try await fixture.send(.PATCH, path, "{}", [("Accept", Self.browser)]).status == 405)
        #expect(try await fixture.send(.GET, "/api/v1/ai-providers", nil, [("Accept", Self.browser)]).status == 200)
    }

    @Test func aBrowserAtAnUnknownPathReadsAPage() async throws {
        let fixture = try await ResponderFixture(isOpen: false)
        let page = try await fixture.send(.GET, "/nowhere", nil, [("Accept", Self.browser)])
        #expect(page.status == 404 && page.text.contains("There is no such page") && page.head.contains("no-store"))
        let problem = try await fixture.send(.GET, "/nowhere")
        #expect(problem.status == 404 && problem.head.contains("application/problem+json"))
        #expect(
            try await fixture.send(.POST, "/nowhere", nil, [("Accept", Self.browser)]).head.contains("problem+json")
        )
    }

    @Test func aRedirectionRevealsNothing() async throws {
        let fixture = try await ResponderFixture(isOpen: false)
        for name in ["acme/hidden", "acme/missing"] {
            let answer = try await fixture.send(.GET, "/api/v1/ai-providers/\(name)", nil, [("Accept", Self.browser)])
            #expect(answer.status == 303 && answer.head.contains("Location: /p/\(name)\r\n"))
        }
        for id in [ResponderFixture.hidden, "aip_0000000000000000"] {
            let path = "/api/v1/ai-providers/\(id)"
            #expect(try await fixture.send(.GET, path, nil, [("Accept", Self.browser)]).status == 401)
            let answer = try await fixture.send(
                .GET,
                path,
                nil,
                [("Accept", Self.browser)],
                token: ResponderFixture.reader
            )
            #expect(answer.status == 404 && answer.head.contains("application/problem+json"))
        }
    }

    @Test(arguments: [("", "b warn"), ("models: {warnWithin: 30d}\n", "b"), ("models: {warnWithin: 40d}\n", "b warn")])
    func theNoticeOfARetirementIsTheRepositorys(_ setting: String, _ badge: String) async throws {
        let roster = "roster: 1\nprojects: {acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}}\n" + setting
        let models = """
            {"catalogue": 1, "built": "2026-05-01", "models": [{"provider": "ollama", "model": "llama3.2", \
            "deprecated": null, "retires": "2026-07-01", "successors": [], "context": null, "price": null, \
            "kind": "chat", "sources": [{"name": "us", "seen": "2026-05-01"}]}]}
            """
        let provider = ResponderFixture.provider("n000000000000000", "One")
        let files = [("roster.yaml", roster), ("models.json", models), ("providers/acme/p0.yaml", provider)]
        let fixture = try await ResponderFixture.serving(files.map { ($0.0, Array($0.1.utf8)) }).fixture
        // The requests of the fixture are of 2026-05-28, 34 days before.
        for path in ["/", "/p/acme/p0"] {
            let answer = try await fixture.send(.GET, path)
            #expect(answer.text.contains("<span class=\"\(badge)\">retires 2026-07-01</span>"), "\(path)")
        }
    }

    @Test(arguments: ["*", "\"x\""])
    func aMissingPageIsNeverUnchanged(_ condition: String) async throws {
        let fixture = try await ResponderFixture()
        let missing = try await fixture.send(.GET, "/p/acme/missing")
        #expect(missing.status == 404 && !missing.head.contains("ETag"))
        let answer = try await fixture.send(.GET, "/p/acme/missing", nil, [("If-None-Match", condition)])
        #expect(answer.status == 404 && answer.body == missing.body)
    }

    @Test func aKeyInAnAddressIsNotRepeated() async throws {
        let key = "sk-ant-api03-" + String(repeating: "aB3", count: 30) + "AA"
        for path in ["/?q=\(key)", "/p/acme/p0?model=\(key)"] {
            let answer = try await Self.get(path)
            #expect(answer.status == 200 && !answer.text.contains(key), "\(path)")
        }
    }

    @Test(arguments: ["%00", "a%0Ab", String(repeating: "x", count: 201)])
    func aModelThatCannotBeOneIsRefused(_ model: String) async throws {
        let answer = try await Self.get("/p/acme/p0?model=\(model)")
        #expect(answer.status == 200 && answer.text.contains("A model has 1 to 200 characters"))
    }

    @Test func onlyAnEmptyRegistryAsksForTheFirstProvider() async throws {
        let roster = "roster: 1\nprojects: {acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}}\n"
        let empty = try await ResponderFixture.serving([("roster.yaml", Array(roster.utf8))]).fixture
        #expect(try await empty.send(.GET, "/").text.contains("roster provider create"))
        let hidden = """
            access:
              policies: {none: [{effect: Deny, action: ["*"], resource: ["*"]}]}
              tokens: [{id: key_bbbbbbbbbbbbbbbb, name: b, hash: "\(ResponderFixture.hashOfReader)", policies: [none]}]

            """
        let provider = ResponderFixture.provider("n000000000000000", "One")
        let files = [("roster.yaml", roster + hidden), ("providers/acme/p0.yaml", provider)]
        let closed = try await ResponderFixture.serving(files.map { ($0.0, Array($0.1.utf8)) }).fixture
        let page = try await closed.send(.GET, "/", nil, token: ResponderFixture.reader)
        #expect(page.text.contains("no provider that you may list") && !page.text.contains("roster provider create"))
    }

    @Test func providersWithoutAValueAreLastInBothDirections() async throws {
        let fixture = try await ServedExample(isOpen: true)
        for order in ["key", "-key"] {
            let text = try await fixture.request("GET", "/?sort=\(order)").text
            let rows = text.split(separator: "<tr>").dropFirst(2).map(String.init)
            #expect(rows.count == 10 && rows[0].contains("rotate by") && rows[9].contains("none"), "\(order)")
        }
    }
}
