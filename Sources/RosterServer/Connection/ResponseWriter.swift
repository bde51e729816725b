import NIOCore
import RosterModel

/// A writer of responses: a status line, the fields that differ between responses, then the encoded rest.
struct ResponseWriter {
    /// The state of the connection after a response.
    enum Connection {
        /// Open, which is the default of HTTP/1.1.
        case staysOpen
        /// Open, which a client of HTTP/1.0 asked for.
        case staysOpenByRequest
        case closes
    }

    /// The bytes that follow the status line in all responses of a second.
    private var opening = ByteBuffer()
    private var seconds = Int64.min

    /// Appends a response.
    mutating func write(
        _ response: Response,
        requestID: RequestID,
        connection: Connection,
        at seconds: Int64,
        to out: inout ByteBuffer
    ) {
        let encoded = response.encoded
        out.reserveCapacity(minimumWritableBytes: encoded.bytes.readableBytes + encoded.fields.readableBytes + 256)
        if seconds != self.seconds { begin(seconds) }
        Self.writeStatusLine(response.status, to: &out)
        out.writeImmutableBuffer(opening)
        out.writeString(requestID.text)
        switch connection {
        case .staysOpen: out.writeStaticString("\r\n")
        case .staysOpenByRequest: out.writeStaticString("\r\nConnection: keep-alive\r\n")
        case .closes: out.writeStaticString("\r\nConnection: close\r\n")
        }
        if response.appliedWait > 0 { Self.writeAppliedWait(response.appliedWait, to: &out) }
        out.writeImmutableBuffer(encoded.fields)
        let bytes = encoded.bytes
        switch response.part {
        case .whole: out.writeImmutableBuffer(bytes)
        case .head: Self.write(encoded.headLength, of: bytes, to: &out)
        case .common:
            Self.write(encoded.commonLength, of: bytes, to: &out)
            out.writeStaticString("\r\n")
        }
    }

    private static func writeAppliedWait(_ seconds: UInt8, to out: inout ByteBuffer) {
        out.writeStaticString("Preference-Applied: wait=")
        out.writeDecimal(Int(seconds))
        out.writeStaticString("\r\n")
    }

    private mutating func begin(_ seconds: Int64) {
        self.seconds = seconds
        opening.clear()
        opening.writeStaticString("Date: ")
        opening.writeString(HTTPDate.text(of: seconds))
        opening.writeStaticString("\r\nX-Request-Id: ")
    }

    private static func write(_ count: Int, of bytes: ByteBuffer, to out: inout ByteBuffer) {
        _ = unsafe bytes.withUnsafeReadableBytes { bytes in
            unsafe out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
    }

    private static func writeStatusLine(_ status: Int, to out: inout ByteBuffer) {
        switch status {
        case 200: out.writeStaticString("HTTP/1.1 200 OK\r\n")
        case 304: out.writeStaticString("HTTP/1.1 304 Not Modified\r\n")
        default:
            out.writeStaticString("HTTP/1.1 ")
            out.writeDecimal(status)
            out.writeStaticString(" ")
            out.writeStaticString(reason(of: status))
            out.writeStaticString("\r\n")
        }
    }

    private static func reason(of status: Int) -> StaticString {
        switch status {
        case 202: "Accepted"
        case 303: "See Other"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }
}

/// The value of `Date`: RFC 9110, section 5.6.7.
enum HTTPDate {
    /// The date of a moment, in seconds since 1970.
    static func text(of seconds: Int64) -> String {
        let days = seconds / 86_400
        let (clock, parts) = (seconds % 86_400, CalendarParts(days: days))
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days % 7)]
        return "\(weekday), \(parts.day) \(parts.month) \(parts.year) "
            + "\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60)) GMT"
    }

    private struct CalendarParts {
        var day: String
        var month: String
        var year: String

        init(days: Int64) {
            let parts = CalendarDate(daysSince1970: days).description.split(separator: "-").map(String.init)
            let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            (year, day) = (parts[0], parts[2])
            month = names[(Int(parts[1]) ?? 1) - 1]
        }
    }
}
