import Foundation
import RosterTestSupport
import Testing

/// A client of a server that listens on a port of this machine.
protocol ServerClient {
    var port: Int { get }
    /// The lines that the server has logged.
    var log: String { get throws }
}

extension ServerClient {
    /// Returns how often a text appears in the log.
    func logCount(of text: String) throws -> Int { try log.components(separatedBy: text).count - 1 }

    /// Opens a connection; one with a small `receiveBuffer` reads slowly.
    func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    /// Sends one request on a new connection.
    func request(
        _ method: String = "GET",
        _ target: String,
        token: String? = nil,
        fields: [String] = [],
        body: String? = nil,
        type: String? = "application/json"
    ) async throws -> HTTPAnswer {
        let connection = try connect()
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        lines += fields
        if let body {
            if let type { lines.append("Content-Type: \(type)") }
            lines.append("Content-Length: \(body.utf8.count)")
        }
        try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
        return try #require(try await connection.answer(isToHead: method == "HEAD"))
    }

    /// Repeats a request until its response fulfils a condition, and returns that response.
    @discardableResult
    func until(
        _ condition: String,
        _ target: String = RunningServer.list,
        token: String? = nil,
        _ isFulfilled: (HTTPAnswer) -> Bool
    ) async throws -> HTTPAnswer {
        var last: HTTPAnswer?
        try await eventually(condition) {
            let answer = try await self.request("GET", target, token: token)
            last = answer
            return isFulfilled(answer)
        }
        return try #require(last)
    }
}

/// Waits for a condition, with a deadline so that a broken program does not hang the tests.
func eventually(
    _ condition: String,
    within deadline: Duration = .seconds(120),
    _ isFulfilled: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + deadline
    while try await !isFulfilled() {
        try #require(ContinuousClock.now < end, "not in time: \(condition)")
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Runs a blocking closure on a separate thread, so that it does not block the cooperative thread pool.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result(catching: body)) }
    }
}
