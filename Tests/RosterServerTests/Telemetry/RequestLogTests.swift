import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The log of requests")
@ConnectionThread
struct RequestLogTests {
    private static let paths = [
        "/livez", "/healthz", "/readyz", "/metrics", "/status", "/mcp", "/api/v1/ai-providers", "/v1/models", "/none",
    ]
    private static let frequent = ["/livez", "/healthz", "/readyz", "/metrics"]

    /// Returns the lines of one request to each path.
    private static func lines(_ format: RequestLog.Format, _ level: RequestLog.Level) -> [String] {
        let log = RequestLog(format, level: level, to: LogSink { _ in })
        var lines: [UInt8] = []
        for path in paths {
            let entry = RequestLog.Entry(method: "GET", path: path, status: 200, bytes: 1, tokenID: nil)
            log.append(entry, time: Array("now".utf8), nanoseconds: 1, requestID: RequestID(number: 1), to: &lines)
        }
        return String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("Health checks and metrics are logged at debug", arguments: RequestLog.Format.allCases)
    func logsFrequentRequestsAtDebug(format: RequestLog.Format) {
        let (info, debug) = (Self.lines(format, .info), Self.lines(format, .debug))
        #expect(debug.count == Self.paths.count && info.count == Self.paths.count - Self.frequent.count)
        for (path, line) in zip(Self.paths, debug) {
            #expect(line.contains(path) && info.contains(line) != Self.frequent.contains(path))
            guard format == .json else { continue }
            #expect(line.contains("\"level\":\"debug\"") == Self.frequent.contains(path))
        }
    }

    @Test func omitsHealthChecksOfConnection() async throws {
        let server = try await ServedExample(isOpen: true)
        let connection = try server.connect()
        for path in ["/livez", "/metrics", "/api/v1/projects", "/livez", "/api/v1/projects"] {
            connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try connection.answer()?.status == 200)
        }
        connection.flushLog()
        let log = try server.logged()
        #expect(log.split(separator: "\n").count == 2 && log.contains("GET /api/v1/projects 200"))
    }
}
