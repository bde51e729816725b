import NIOConcurrencyHelpers
import RosterDiagnostics
import RosterModel

/// One line a request: never a header field's value, a query or a body.
package struct RequestLog: Sendable {
    /// How lines are written.
    package enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    /// What is told of a request.
    struct Entry {
        var seconds: Int64
        var method: String
        /// Without the query.
        var path: String
        var status: Int
        /// Of the body that was sent.
        var bytes: Int
        var nanoseconds: Int64
        var tokenID: String?
        var requestID: String
    }

    private let format: Format
    private let sink: LogSink

    /// Makes a log that writes to `sink`.
    package init(_ format: Format, to sink: LogSink) { (self.format, self.sink) = (format, sink) }

    /// Appends the line of an entry.
    func format(_ entry: Entry, to lines: inout [UInt8]) {
        switch format {
        case .text:
            Timestamp(secondsSince1970: entry.seconds).append(to: &lines)
            lines.append(UInt8(ascii: " "))
            lines.append(contentsOf: entry.method.utf8)
            lines.append(UInt8(ascii: " "))
            appendPath(entry.path, to: &lines)
            lines.append(UInt8(ascii: " "))
            Self.append(entry.status, to: &lines)
            lines.append(UInt8(ascii: " "))
            Self.append(entry.bytes, to: &lines)
            lines.append(contentsOf: "B ".utf8)
            Self.append(Int(entry.nanoseconds / 1000), to: &lines)
            lines.append(contentsOf: "us ".utf8)
            lines.append(contentsOf: (entry.tokenID ?? "-").utf8)
            lines.append(UInt8(ascii: " "))
            lines.append(contentsOf: entry.requestID.utf8)
            lines.append(UInt8(ascii: "\n"))
        case .json:
            var json = JSONWriter(.compact, capacity: 256, escapingInvisible: true)
            json.object { json in
                json.name("time")
                json.verbatim { Timestamp(secondsSince1970: entry.seconds).append(to: &$0) }
                json.name("level")
                json.string("info")
                json.name("message")
                json.string("request")
                json.name("method")
                json.string(entry.method)
                json.name("path")
                json.string(Self.shortened(entry.path))
                json.name("status")
                json.integer(entry.status)
                json.name("bytes")
                json.integer(entry.bytes)
                json.name("durationMicroseconds")
                json.integer(entry.nanoseconds / 1000)
                json.name("tokenId")
                json.string(entry.tokenID)
                json.name("requestId")
                json.string(entry.requestID)
            }
            json.endLine()
            lines.append(contentsOf: json.bytes)
        }
    }

    /// Hands lines over; they are written later, in order.
    func write(_ lines: [UInt8]) { sink.write(lines) }

    private func appendPath(_ path: String, to lines: inout [UInt8]) {
        if path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), path.utf8.count <= Self.longestPath {
            lines.append(contentsOf: path.utf8)
        } else {
            let shown = PrintableText.escape(Self.shortened(path)).replacing(" ", with: "\\u{20}")
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
