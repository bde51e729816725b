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

    /// Appends the line of an entry; `time` is when, as it is written.
    func format(_ entry: Entry, time: [UInt8], to lines: inout [UInt8]) {
        switch format {
        case .text:
            lines.append(contentsOf: time)
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
                json.verbatim { $0.append(contentsOf: time) }
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
        var path = path
        let isPlain = path.withUTF8 { bytes in
            guard bytes.count <= Self.longestPath, unsafe bytes.allSatisfy({ $0 &- 0x21 < 0x5E }) else { return false }
            unsafe lines.append(contentsOf: bytes)
            return true
        }
        if !isPlain {
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
