import NIOConcurrencyHelpers
import RosterBytes
import RosterDiagnostics
import RosterJSON
import RosterModel

/// A log with a line for each request, without header fields, queries and bodies.
package struct RequestLog: Sendable {
    /// The format of the lines.
    package enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    /// The least important lines that are written.
    package enum Level: String, Sendable, CaseIterable {
        /// Every request.
        case debug
        /// Requests except those of health checks and metrics, which repeat every few seconds.
        case info
    }

    /// The logged properties of a request.
    struct Entry {
        var method: String
        /// Without the query.
        var path: String
        var status: Int
        /// Of the body that was sent.
        var bytes: Int
        var tokenID: String?

        /// The importance of the line.
        var level: Level {
            // The length excludes most requests.
            guard (6...8).contains(path.utf8.count) else { return .info }
            return Self.frequentPaths.contains(path) ? .debug : .info
        }

        private static let frequentPaths = ["/livez", "/healthz", "/readyz", "/metrics"]
    }

    /// The line of an entry, without the parts that differ when the same response is sent again.
    struct Line: Sendable {
        /// The parts before the time, before the duration, before the request's id, and at the end.
        fileprivate let start, subject, token, end: [UInt8]

        /// Appends the line: `time` is when, as it is written.
        func append(time: [UInt8], nanoseconds: Int64, requestID: RequestID, to lines: inout [UInt8]) {
            lines.append(contentsOf: start)
            lines.append(contentsOf: time)
            lines.append(contentsOf: subject)
            RequestLog.append(Int(nanoseconds / 1000), to: &lines)
            lines.append(contentsOf: token)
            lines.append(contentsOf: requestID.text.utf8)
            lines.append(contentsOf: end)
        }
    }

    private let format: Format
    private let level: Level
    private let sink: LogSink

    /// Creates a log that writes to `sink`.
    package init(_ format: Format, level: Level = .info, to sink: LogSink) {
        (self.format, self.level, self.sink) = (format, level, sink)
    }

    /// Appends the line of an entry to lines.
    func append(_ entry: Entry, time: [UInt8], nanoseconds: Int64, requestID: RequestID, to lines: inout [UInt8]) {
        guard level == .debug || entry.level == .info else { return }
        guard format == .text else {
            return line(of: entry).append(time: time, nanoseconds: nanoseconds, requestID: requestID, to: &lines)
        }
        lines.append(contentsOf: time)
        Self.appendSubject(of: entry, to: &lines)
        Self.append(Int(nanoseconds / 1000), to: &lines)
        Self.appendToken(of: entry, to: &lines)
        lines.append(contentsOf: requestID.text.utf8)
        lines.append(UInt8(ascii: "\n"))
    }

    /// Returns the line of an entry.
    func line(of entry: Entry) -> Line {
        switch format {
        case .text: Self.text(entry)
        case .json: Self.json(entry)
        }
    }

    private static func text(_ entry: Entry) -> Line {
        var (subject, token): ([UInt8], [UInt8]) = ([], [])
        appendSubject(of: entry, to: &subject)
        appendToken(of: entry, to: &token)
        return Line(start: [], subject: subject, token: token, end: [UInt8(ascii: "\n")])
    }

    /// Appends the part of a line of text between its time and its duration.
    private static func appendSubject(of entry: Entry, to lines: inout [UInt8]) {
        lines.append(UInt8(ascii: " "))
        lines.append(contentsOf: entry.method.utf8)
        lines.append(UInt8(ascii: " "))
        appendPath(entry.path, to: &lines)
        lines.append(UInt8(ascii: " "))
        append(entry.status, to: &lines)
        lines.append(UInt8(ascii: " "))
        append(entry.bytes, to: &lines)
        lines.append(contentsOf: "B ".utf8)
    }

    /// Appends the part of a line of text between its duration and the name of the request.
    private static func appendToken(of entry: Entry, to lines: inout [UInt8]) {
        lines.append(contentsOf: "us ".utf8)
        lines.append(contentsOf: (entry.tokenID ?? "-").utf8)
        lines.append(UInt8(ascii: " "))
    }

    private static func json(_ entry: Entry) -> Line {
        let subject = members { json in
            json.name("level")
            json.string(entry.level.rawValue)
            json.name("message")
            json.string("request")
            json.name("method")
            json.string(entry.method)
            json.name("path")
            json.string(shortened(entry.path))
            json.name("status")
            json.integer(entry.status)
            json.name("bytes")
            json.integer(entry.bytes)
        }
        let token = members { json in
            json.name("tokenId")
            json.string(entry.tokenID)
        }
        return Line(
            start: Array(#"{"time":""#.utf8),
            subject: Array(#"","#.utf8) + subject + Array(#","durationMicroseconds":"#.utf8),
            token: Array(",".utf8) + token + Array(#","requestId":""#.utf8),
            end: Array("\"}\n".utf8)
        )
    }

    /// The members of an object, without its braces.
    private static func members(_ body: (inout JSONWriter) -> Void) -> ArraySlice<UInt8> {
        var json = JSONWriter(.compact, capacity: 256, escapingInvisible: true)
        json.object(body)
        return json.bytes.dropFirst().dropLast()
    }

    /// Queues lines, which are written in order.
    func write(_ lines: [UInt8]) { sink.write(lines) }

    private static func appendPath(_ path: String, to lines: inout [UInt8]) {
        var path = path
        let isPlain = path.withUTF8 { bytes in
            guard bytes.count <= longestPath, unsafe bytes.allSatisfy({ $0 &- 0x21 < 0x5E }) else { return false }
            unsafe lines.append(contentsOf: bytes)
            return true
        }
        if !isPlain {
            let shown = PrintableText.escape(shortened(path)).replacing(" ", with: "\\u{20}")
            lines.append(contentsOf: shown.utf8)
        }
    }

    private static let longestPath = 512

    private static func shortened(_ path: String) -> String {
        path.utf8.count <= longestPath ? path : String(path.prefix(longestPath)) + "…"
    }

    private static func append(_ number: Int, to lines: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &lines) }
        lines.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
