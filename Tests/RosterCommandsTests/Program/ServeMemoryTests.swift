import Foundation
import RosterTestSupport
import Testing

/// The memory that clients can make `roster serve` use.
@Suite("roster serve: memory", .tags(.startsProgram))
struct ServeMemoryTests {
    /// Distinct queries that all have the same short response.
    enum Kind: String, CaseIterable {
        case offsets, spellings, projects, tokens
    }

    @Test("The cache of distinct requests stays within its budget", arguments: Kind.allCases)
    func distinctRequests(kind: Kind) async throws {
        let repository = try ServedRepository(isOpen: kind != .tokens)
        let server = try await StartedServer(repository.folder.path)
        // The memory that every server needs for its first responses.
        try await Self.send(kind, 0..<1_000, to: server)
        let before = try server.residentBytes
        try await Self.send(kind, 1_000..<11_000, to: server)
        let growth = try server.residentBytes - before
        #expect(growth < 10 * 1024 * 1024, "\(growth) bytes more")
    }

    /// Endless input of a client: the start of the connection, and the bytes that it repeats.
    enum Flood: String, CaseIterable {
        case emptyLines, afterRefusal, afterUpgrade, afterConnect, afterClose

        var start: String {
            let upgrade = "Upgrade: x\r\nConnection: upgrade\r\n"
            return switch self {
            case .emptyLines: ""
            case .afterRefusal: "no HTTP\r\n\r\n"
            case .afterUpgrade: "GET /livez HTTP/1.1\r\nHost: localhost\r\n\(upgrade)\r\n"
            case .afterConnect: "CONNECT x:1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            case .afterClose: "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            }
        }
    }

    @Test("Endless input of a client is not buffered", arguments: Flood.allCases)
    func floods(flood: Flood) async throws {
        let repository = try ServedRepository(isOpen: true)
        let server = try await StartedServer(repository.folder.path)
        try await Self.send(.offsets, 0..<1_000, to: server)
        let before = try server.peakBytes
        let connection = try server.connect()
        try connection.send(flood.start)
        let piece = Array(repeatElement("\r\n".utf8, count: 1 << 17).joined())
        var sent = 0
        // After its last response, a server closes the connection within a second.
        while sent < 96 << 20, (try? connection.send(piece)) != nil { sent += piece.count }
        let growth = try server.peakBytes - before
        #expect(growth < 10 * 1024 * 1024, "\(growth) bytes more after \(sent)")
        let next = try server.connect()
        try next.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try await next.answer()?.status == 200)
    }

    @Test(
        "A body that no response depends on is not buffered",
        arguments: [
            "POST /mcp", "POST \(RunningServer.list)", "PATCH \(RunningServer.list)/aip_0000000000000001", "POST /x",
            "GET \(RunningServer.list)", "PUT /livez",
        ]
    )
    func bodies(line: String) async throws {
        let repository = try ServedRepository(isOpen: false)
        let server = try await StartedServer(repository.folder.path)
        let before = try server.peakBytes
        let head = "\(line) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        let length = 1 << 20
        let connections = try (0..<40).map { _ in
            let connection = try server.connect()
            try connection.send(head + "Content-Length: \(length)\r\n\r\n")
            try connection.send([UInt8](repeating: 0x20, count: length - 1))
            return connection
        }
        for connection in connections { try connection.send(" ") }
        for connection in connections { #expect(try #require(try await connection.answer()).status >= 400) }
        let growth = try server.peakBytes - before
        #expect(growth < 16 * 1024 * 1024, "\(growth) bytes more")
    }

    private static func send(_ kind: Kind, _ numbers: Range<Int>, to server: StartedServer) async throws {
        let connection = try server.connect()
        let padding = String(repeating: "&", count: 1_000)
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 50) {
            let batch = (start..<min(start + 50, numbers.upperBound)).map { number in
                let id = "proj_" + String(1_000_000_000_000_000 + number)
                let query =
                    switch kind {
                    case .offsets: "\(padding)provider=groq&offset=\(number)"
                    case .spellings:
                        String(repeating: "&", count: number % 30) + "provider=groq"
                            + String(repeating: "&", count: number / 30 % 30 + 1) + "offset=1"
                            + String(repeating: "&", count: number / 900)
                    case .projects: "projectId=\(id)"
                    case .tokens: "offset=\(number)"
                    }
                let token = "Authorization: Bearer sk_\(number)".padding(toLength: 68, withPad: "x", startingAt: 0)
                return "GET \(RunningServer.list)?\(query) HTTP/1.1\r\nHost: localhost\r\n"
                    + (kind == .tokens ? token + "\r\n" : "") + "\r\n"
            }
            try connection.send(batch.joined())
            for _ in batch { _ = try #require(try await connection.answer()) }
        }
    }
}
