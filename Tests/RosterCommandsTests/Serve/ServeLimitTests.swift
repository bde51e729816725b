import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: limits")
struct ServeLimitTests {
    private typealias Repository = ServedRepository
    private static let live = "GET /livez HTTP/1.1\r\nHost: localhost\r\n"

    /// Sends a request that is too large in some way, all of it before the answer is read.
    private func answer(_ server: RunningServer, _ bytes: String) async throws -> HTTPAnswer? {
        let connection = try server.connect()
        try connection.send(bytes)
        let answer = try await connection.answer()
        if let answer, answer.status != 200, answer.status != 405 {
            #expect(answer["Connection"] == "close" && answer["Content-Type"] == "application/problem+json")
            #expect(try await connection.rest().isEmpty)
        }
        return answer
    }

    @Test func rejectsTooLargeRequests() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(repository.folder.path)
        func padded(_ count: Int) -> String { String(repeating: "x", count: count) }
        func status(_ bytes: String) async throws -> Int? { try await answer(server, bytes)?.status }
        #expect(try await status("GET /livez?\(padded(8_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200)
        #expect(try await status("GET /livez?\(padded(9_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n") == 414)
        #expect(try await status("GET /\(padded(17_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n") == 414)
        #expect(try await status("GET /\(padded(3_000_000))") == 414)
        #expect(try await status(Self.live + "X: \(padded(15_000))\r\n\r\n") == 200)
        #expect(try await status(Self.live + "X: \(padded(16_400))\r\n\r\n") == 431)
        #expect(try await status(Self.live + "X: \(padded(3_000_000))\r\n\r\n") == 431)
        #expect(try await status(Self.live + padded(3_000_000)) == 431)
        #expect(try await status(Self.live + String(repeating: "X: \(padded(1_000))\r\n", count: 17) + "\r\n") == 431)
        #expect(try await status(Self.live + String(repeating: "X: a\r\n", count: 99) + "\r\n") == 200)
        #expect(try await status(Self.live + String(repeating: "X: a\r\n", count: 100) + "\r\n") == 431)
        #expect(try await status(Self.live + String(repeating: "X: a\r\n", count: 90_000)) == 431)
        let patch =
            "PATCH \(RunningServer.item(Repository.gpt)) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        let mebibyte = 1_024 * 1_024
        let large = "{\"name\":\"a\"" + padded(mebibyte - 12).replacing("x", with: " ") + "}"
        #expect(try await status(patch + "Content-Length: \(mebibyte)\r\n\r\n" + large) == 405)
        #expect(try await status(patch + "Content-Length: \(mebibyte + 1)\r\n\r\n" + large + " ") == 413)
        #expect(try await status(patch + "Content-Length: 9000000000000000000\r\n\r\n" + padded(4_000_000)) == 413)
        let chunk = "10000\r\n" + padded(65_536) + "\r\n"
        let chunked = patch + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 17) + "0\r\n\r\n"
        #expect(try await status(chunked) == 413)
        #expect(try await status(patch + "Content-Length: 5\r\nExpect: 200-maybe\r\n\r\n") == 417)
        let expecting = try server.connect()
        try expecting.send(patch + "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n")
        #expect(try await expecting.answer()?.status == 100)
        try expecting.send("{\"name\":\"a\"}")
        #expect(try await expecting.answer()?.status == 405)
        // After a pipelined slow request, 100 Continue is sent only after the response to that request.
        let whole = patch + "Content-Length: 12\r\n\r\n{\"name\":\"a\"}"
        try expecting.send(whole + patch + "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n")
        #expect(try await [expecting.answer()?.status, expecting.answer()?.status] == [405, 100])
        try expecting.send("{\"name\":\"b\"}")
        #expect(try await expecting.answer()?.status == 405)
        try expecting.send(patch + "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n")
        #expect(try await expecting.answer()?.status == 413, "without 100 Continue")
        for status in [413, 414, 417, 431] {
            try await eventually("\(status) is logged") { server.log.contains(" \(status) ") }
        }
        let metrics = try await server.request("GET", "/metrics").text
        #expect(metrics.contains("status=\"413\"") && metrics.contains("status=\"431\""))
    }

    @Test func appliesLimitOptions() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(
            repository.folder.path,
            [
                "--max-head-bytes", "512", "--max-header-fields", "3", "--max-body-bytes", "20", "--head-timeout", "1",
                "--idle-timeout", "8", "--max-connections", "2",
            ]
        )
        #expect(try await answer(server, Self.live + "X: \(String(repeating: "x", count: 600))\r\n\r\n")?.status == 431)
        #expect(try await answer(server, Self.live + "A: a\r\nB: b\r\nC: c\r\n\r\n")?.status == 431)
        let patch = "PATCH /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 21\r\n\r\n"
        #expect(try await answer(server, patch)?.status == 413)
        // An idle connection after the previous ones are drained, a slow one, and one above the limit.
        var idle = try server.connect()
        try await eventually("it is the only connection") {
            try idle.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            guard let answer = try await idle.answer() else { return false }
            guard answer.status == 503 else { return answer.text.contains("roster_http_connections 1\n") }
            idle = try server.connect()
            return false
        }
        let slow = try server.connect()
        try slow.send("GET /livez HTTP/1.1\r\nHo")
        let third = try server.connect()
        try third.send(Self.live + "\r\n")
        let refused = try await third.answer()
        #expect(refused?.status == 503 && refused?["Retry-After"] != nil && refused?["Connection"] == "close")
        let late = try await slow.answer()
        #expect(late?.status == 408 && late?["Connection"] == "close")
        #expect(try await slow.answer() == nil)
        #expect(try await idle.answer() == nil, "closed without a response")
        #expect(try await server.request("GET", "/livez").status == 200)
    }

    @Test func slowConnectionsDoNotDelayOthers() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(repository.folder.path, ["--head-timeout", "3", "--idle-timeout", "30"])
        let peer = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "slow_peer.py").path
        let (program, port) = (repository.program, String(server.port))
        let run = try await onThread { try program.tool("python3", peer, port, "1000", "3") }
        #expect(run.output.hasPrefix("1000 closed with 408"), "\(run.output)")
        #expect(try await server.request("GET", "/metrics").text.contains("roster_http_connections 1\n"))
    }
}
