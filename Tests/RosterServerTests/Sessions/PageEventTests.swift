import Foundation
import NIOCore
import NIOEmbedded
import RosterBytes
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The events of pages")
@ConnectionThread
struct PageEventTests {
    private typealias Token = ServedRepository.Token

    /// A tab that listens with the cookie of its browser.
    @ConnectionThread
    private struct Tab {
        let connection: EmbeddedConnection
        let early: String

        init(_ server: ServedExample, _ cookie: String?, _ query: String = "", _ fields: [String] = []) throws {
            connection = try server.connect()
            let lines =
                ["GET /events\(query) HTTP/1.1", "Host: 127.0.0.1:4100"] + (cookie.map { ["Cookie: \($0)"] } ?? [])
            connection.send((lines + fields).joined(separator: "\r\n") + "\r\n\r\n")
            early = String(decoding: try connection.received(), as: UTF8.self)
        }

        var status: String { String(early.prefix(12).suffix(3)) }

        /// A Boolean value that indicates whether an event was sent with the head.
        var hasEarlyEvent: Bool { early.contains("\r\nid: sha256:") }

        /// Returns everything that was sent since the last call.
        func received() throws -> String { String(decoding: try connection.received(), as: UTF8.self) }

        /// Checks the deadlines of the connection, as its event loop does five times a second.
        func tick() { connection.handler.checkDeadlines(at: .now()) }
    }

    private static func renamed(_ path: String, to name: String) throws -> [String: String?] {
        let files = try ServedRepository.files(isOpen: false)
        let text = String(decoding: try #require(files.first { $0.path == path }).bytes, as: UTF8.self)
        return [path: text.replacing(/(?m)^name: .*/, with: "name: \(name)")]
    }

    /// Returns a browser whose session starts at the time of the connections' clock.
    private func browser(_ server: ServedExample, _ token: Token) async throws -> TestBrowser {
        var browser = TestBrowser(server)
        browser.now = try server.connect().eventLoop.seconds
        #expect(try await browser.signIn(token).status == 303)
        return browser
    }

    private func digest(_ browser: inout TestBrowser) async throws -> String {
        let page = try await browser.get().text
        return String(try #require(page.firstMatch(of: /data-digest="(sha256:[0-9a-f]{64})"/)).1)
    }

    @Test func takesTheCookieWhichTheAPIDoesNot() async throws {
        let server = try await ServedExample()
        let browser = try await browser(server, .reader)
        #expect(try Tab(server, browser.cookie).status == "200")
        #expect(try Tab(server, nil).status == "401" && Tab(server, "roster=x").status == "401")
        #expect(try Tab(server, nil, "", ["Authorization: Bearer \(Token.reader.text)"]).status == "200")
        #expect(try Tab(server, browser.cookie, "", ["Authorization: Bearer x"]).status == "401")
        let connection = try server.connect()
        connection.send("GET /api/v1/events HTTP/1.1\r\nHost: a\r\nCookie: \(browser.cookie ?? "")\r\n\r\n")
        #expect(try connection.answer()?.status == 401)
    }

    @Test func reportsAnEarlierDigestImmediately() async throws {
        let server = try await ServedExample()
        var reader = try await browser(server, .reader)
        let digest = try await digest(&reader)
        #expect(try !Tab(server, reader.cookie, "?digest=\(digest)").hasEarlyEvent)
        #expect(try !Tab(server, reader.cookie).hasEarlyEvent)
        let old = "sha256:" + String(repeating: "0", count: 64)
        #expect(try Tab(server, reader.cookie, "?digest=\(old)").early.contains("id: \(digest)\n"))
        #expect(try Tab(server, reader.cookie, "?digest=sha256%3A\(old.dropFirst(7))").hasEarlyEvent)
        // A browser that connects again has the last event, which is newer than its page.
        #expect(try !Tab(server, reader.cookie, "?digest=\(old)", ["Last-Event-ID: \(digest)"]).hasEarlyEvent)
        #expect(try Tab(server, reader.cookie, "?digest=\(digest)", ["Last-Event-ID: \(old)"]).hasEarlyEvent)
        // What the caller does not see changes nothing.
        try await server.swap(try Self.renamed("providers/labs/grok.yaml", to: "Hidden"))
        #expect(try !Tab(server, reader.cookie, "?digest=\(digest)").hasEarlyEvent)
    }

    @Test func refusesOtherQueriesAndOrigins() async throws {
        let server = try await ServedExample()
        let cookie = try await browser(server, .all).cookie
        let zeros = String(repeating: "0", count: 64)
        for query in [
            "?digest=", "?digest=x", "?digest=sha256:", "?digest=sha256:\(zeros)0", "?digest=SHA256:\(zeros)", "?x=1",
            "?digest=sha256:\(zeros)&digest=sha256:\(zeros)", "?digest=sha256:\(zeros)&x=1", "?digest=%",
            "?digest=sha256:\(zeros.dropLast())G",
        ] { #expect(try Tab(server, cookie, query).status == "400", "\(query)") }
        for origin in ["https://evil.example", "null", "http://127.0.0.1:4101"] {
            #expect(try Tab(server, cookie, "", ["Origin: \(origin)"]).status == "403", "\(origin)")
        }
        #expect(try Tab(server, cookie, "", ["Origin: http://127.0.0.1:4100"]).status == "200")
    }

    @Test func reportsWhatTheSessionSees() async throws {
        let server = try await ServedExample()
        let tab = try Tab(server, try await browser(server, .reader).cookie)
        try await server.swap(try Self.renamed("providers/labs/grok.yaml", to: "One"))
        tab.connection.noteChange()
        #expect(try tab.received().isEmpty)
        try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "Two"))
        tab.connection.noteChange()
        #expect(try tab.received().contains("registry-changed"))
    }

    @Test func endsWithTheSession() async throws {
        let server = try await ServedExample()
        var (one, other) = (try await browser(server, .all), try await browser(server, .all))
        let (tab, second) = (try Tab(server, one.cookie), try Tab(server, other.cookie))
        tab.tick()
        #expect(try tab.received().isEmpty)
        #expect(try await one.signOut().status == 303)
        tab.tick()
        second.tick()
        #expect(try tab.received() == "0\r\n\r\n" && second.received().isEmpty)
        guard case .none = tab.connection.handler.subscription else {
            Issue.record("the stream is retained")
            return
        }
        // Another sign-in of the browser ends the session, too.
        #expect(try await other.signIn(.reader).status == 303)
        second.tick()
        #expect(try second.received() == "0\r\n\r\n")
    }

    @Test func aSessionThatEndedHearsOfNoChange() async throws {
        let server = try await ServedExample()
        var browser = try await browser(server, .all)
        let tab = try Tab(server, browser.cookie)
        #expect(try await browser.signOut().status == 303)
        try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "Two"))
        tab.connection.noteChange()
        #expect(try tab.received() == "0\r\n\r\n", "the change comes before the check of the session")
    }

    @Test func aChangeOnItsWayIsNotSentToASessionThatEnded() async throws {
        let server = try await ServedExample()
        var browser = try await browser(server, .all)
        let tab = try Tab(server, browser.cookie)
        let valve = Valve()
        try tab.connection.channel.pipeline.syncOperations.addHandler(valve, position: .first)
        for name in ["One", "Two"] {
            try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: name))
            tab.connection.noteChange()
        }
        #expect(try await browser.signOut().status == 303)
        valve.open()
        #expect(try tab.received().components(separatedBy: "registry-changed").count == 2, "the one that was written")
    }

    @Test func endsWhenTheTokenIsRevoked() async throws {
        let server = try await ServedExample()
        let tab = try Tab(server, try await browser(server, .reader).cookie)
        try await server.swap(try ServedExample.roster(without: .reader))
        tab.connection.noteChange()
        #expect(try tab.received() == "0\r\n\r\n")
    }

    @Test func anOpenServerNeedsNoCookie() async throws {
        let server = try await ServedExample(isOpen: true)
        #expect(try Tab(server, nil).status == "200")
        #expect(try Tab(server, nil, "?digest=sha256:" + String(repeating: "0", count: 64)).hasEarlyEvent)
    }
}
