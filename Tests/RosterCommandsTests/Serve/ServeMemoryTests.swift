import Foundation
import Testing

/// What clients can make `roster serve` remember.
@Suite("The built program: memory of serve")
struct ServeMemoryTests {
    /// Queries of which none is sent twice, and with each the same short answer.
    enum Kind: String, CaseIterable {
        case offsets, spellings, projects, tokens
    }

    @Test("Requests that never come again leave no more than the budget", arguments: Kind.allCases)
    func distinctRequests(kind: Kind) async throws {
        let repository = try ServedRepository(isOpen: kind != .tokens)
        let server = try await RunningServer(repository.folder.path)
        // What every server needs once it answers.
        try Self.send(kind, 0..<1_000, to: server)
        let before = try server.residentBytes
        try Self.send(kind, 1_000..<11_000, to: server)
        let growth = try server.residentBytes - before
        #expect(growth < 10 * 1024 * 1024, "\(growth) bytes more")
    }

    private static func send(_ kind: Kind, _ numbers: Range<Int>, to server: RunningServer) throws {
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
            for _ in batch { _ = try #require(try connection.answer()) }
        }
    }
}
