import Foundation
import NIOHTTP1
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Sessions on a connection")
@ConnectionThread
struct SessionConnectionTests {
    private typealias Token = ServedRepository.Token

    private func post(_ connection: EmbeddedConnection, _ path: String, _ body: String, _ fields: [String] = []) {
        var lines = ["POST \(path) HTTP/1.1", "Host: 127.0.0.1:4100", "Origin: http://127.0.0.1:4100"] + fields
        if !body.isEmpty { lines.append("Content-Type: application/x-www-form-urlencoded") }
        if !fields.contains(where: { $0.hasPrefix("Transfer-Encoding") }) {
            lines.append("Content-Length: \(body.utf8.count)")
        }
        connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    private func get(_ connection: EmbeddedConnection, _ path: String, _ cookie: String?) throws -> HTTPAnswer {
        let line = cookie.map { "Cookie: \($0)\r\n" } ?? ""
        connection.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:4100\r\n\(line)\r\n")
        return try #require(try connection.answer())
    }

    private func signIn(_ connection: EmbeddedConnection, _ token: Token = .all) throws -> String {
        post(connection, "/sign-in", "to=%2F&token=\(token.text)")
        let answer = try #require(try connection.answer())
        #expect(answer.status == 303)
        return String(try #require(answer["Set-Cookie"]).prefix { $0 != ";" })
    }

    @Test func signsInReadsAndSignsOutOnOneConnection() async throws {
        let server = try await ServedExample()
        let connection = try server.connect()
        #expect(try get(connection, "/", nil).status == 401)
        let cookie = try signIn(connection)
        // The same bytes again: a response to a session is never replayed.
        for _ in 0..<4 { #expect(try get(connection, "/status.html", cookie).status == 200) }
        post(connection, "/sign-out", "", ["Cookie: \(cookie)"])
        #expect(try connection.answer()?.status == 303)
        for _ in 0..<4 { #expect(try get(connection, "/", cookie).status == 401) }
    }

    @Test func limitsTheAddressOfTheConnection() async throws {
        let server = try await ServedExample()
        let connection = try server.connect()
        for number in 0..<11 {
            post(connection, "/sign-in", "token=x")
            #expect(try connection.answer()?.status == (number < 10 ? 401 : 429))
        }
        post(connection, "/sign-in", "token=\(Token.all.text)", ["X-Forwarded-For: 192.0.2.7"])
        let answer = try #require(try connection.answer())
        #expect(answer.status == 403 || answer.status == 429, "\(answer)")
    }

    @Test func refusesALargeForm() async throws {
        let server = try await ServedExample()
        let long = "token=" + String(repeating: "a", count: 4096)
        for _ in 0..<2 {
            let connection = try server.connect()
            post(connection, "/sign-in", long)
            let answer = try #require(try connection.answer())
            #expect(answer.status == 413 && answer.text.contains("at most 4096 bytes"))
        }
        let chunked = try server.connect()
        post(chunked, "/sign-in", "1002\r\n\(long)\r\n0\r\n\r\n", ["Transfer-Encoding: chunked"])
        #expect(try chunked.answer()?.status == 413)
        let exact = try server.connect()
        post(exact, "/sign-in", "token=" + String(repeating: "a", count: 4090))
        #expect(try exact.answer()?.status == 401)
        let api = try server.connect()
        post(api, "/mcp", String(repeating: " ", count: 5000), ["Authorization: Bearer \(Token.all.text)"])
        #expect(try api.answer()?.status == 415, "other bodies have their own limit")
    }

    @Test func keepsNoFormOfAnotherSite() async throws {
        let server = try await ServedExample()
        let connection = try server.connect()
        connection.send(
            "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:4100\r\nOrigin: https://evil.example\r\nContent-Length: 7\r\n\r\ntoken=x"
        )
        #expect(try connection.answer()?.status == 403)
        let request = Request.made(.POST, "/sign-in", [("Origin", "https://evil.example")])
        #expect(!server.responder.needsBody(of: request))
        let own = Request.made(.POST, "/sign-in", [("Origin", "http://127.0.0.1:4100")])
        #expect(server.responder.needsBody(of: own))
        let open = try await ServedExample(isOpen: true)
        #expect(!open.responder.needsBody(of: own))
    }

    @Test func logsMetricsAndStatusHaveNoSecret() async throws {
        let server = try await ServedExample()
        let connection = try server.connect()
        let cookie = try signIn(connection)
        let handle = String(cookie.dropFirst("roster=".count))
        let canary = "sk_" + String(repeating: "CanaryCanar", count: 4).prefix(43)
        post(connection, "/sign-in", "token=\(canary)&to=%2F%3Fq%3Dcanarypath", ["Cookie: \(cookie)"])
        post(connection, "/sign-in", "token=\(canary)&token=\(canary)", ["Cookie: \(cookie)"])
        var texts: [String] = []
        while let answer = try connection.answer() { texts.append(answer.text) }
        // The list comes from another thread, for which the connection does not wait.
        texts.append(try await server.request("GET", "/", fields: ["Cookie: \(cookie)"]).text)
        for path in ["/status.html", "/status", "/metrics", "/events?digest=\(canary)", "/api/v1/events", "/x"] {
            texts.append(try get(connection, path, cookie).text)
        }
        post(connection, "/sign-out", "", ["Cookie: \(cookie)"])
        #expect(try connection.answer()?.status == 303)
        connection.flushLog()
        texts.append(try server.logged())
        let metrics = try get(connection, "/metrics", nil).text
        #expect(metrics.contains("roster_http_requests_total{route=\"/sign-in\",status=\"303\"} 1"))
        for text in texts + [metrics] {
            for secret in [handle, canary, Token.all.text, String(handle.prefix(12)), Token.all.hash] {
                #expect(!text.contains(secret), "\(text)")
            }
        }
        let log = try server.logged()
        #expect(log.contains(" POST /sign-in 303 0B ") && log.contains(" POST /sign-out 303 0B "))
        #expect(log.contains("key_all0000000000000") && !log.contains("canarypath"))
    }
}
