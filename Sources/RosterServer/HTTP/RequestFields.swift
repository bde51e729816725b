import NIOCore
import NIOHTTP1
import RosterBytes

/// The transfer coding of a request's body.
enum TransferCoding: Sendable {
    /// None: the body has a length, or there is no body.
    case none
    case chunked
    /// Another coding, several codings, or a malformed field.
    case other
}

/// The `Authorization` fields of a request.
enum Authorization: Sendable, Hashable {
    case none
    case one(String)
    /// More than one field, none of which is valid.
    case several
}

/// The header fields of a request: their bytes, and an index of the fields that Roster reads.
///
/// A value is decoded only when it is read: most requests are answered after one or two.
struct RequestFields: Sendable {
    /// Lines of `name:value`, each ended by CR and LF.
    private let lines: ByteBuffer
    private let index: RequestFieldIndex

    /// Creates the fields of a request without any.
    init() {
        lines = ByteBuffer()
        index = RequestFieldIndex()
    }

    /// Creates the fields of lines that were indexed when they were parsed.
    init(lines: ByteBuffer, index: RequestFieldIndex) {
        self.lines = lines
        self.index = index
    }

    /// Creates the fields that a decoder produced.
    init(_ headers: HTTPHeaders) {
        var lines = ByteBuffer()
        lines.reserveCapacity(headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 })
        for (name, value) in headers {
            lines.writeString(name)
            lines.writeStaticString(":")
            lines.writeString(value)
            lines.writeStaticString("\r\n")
        }
        self.init(lines: lines, index: lines.withBytes { RequestFieldIndex(lines: $0) })
    }

    // MARK: The fields that Roster reads

    var authorization: Authorization {
        guard let field = index[.authorization] else { return .none }
        return field.count == 1 ? .one(text(field)) : .several
    }

    /// The `If-None-Match` fields, joined: RFC 9110, section 5.3.
    var ifNoneMatch: String? { joined(.ifNoneMatch) }

    /// The `Accept-Encoding` fields, joined.
    var acceptEncoding: String? { joined(.acceptEncoding) }

    /// A Boolean value that indicates whether there is a condition on the entity tag.
    var hasIfNoneMatch: Bool { index[.ifNoneMatch] != nil }

    /// The `Prefer` fields, joined: RFC 7240, section 2.
    var prefer: String? { joined(.prefer) }

    var requestID: String? { last(.requestID) }
    var host: String? { last(.host) }
    var hostCount: Int { index[.host]?.count ?? 0 }
    /// The origin; `null`, which is never local, when there are several.
    var origin: String? { index[.origin].map { $0.count == 1 ? text($0) : "null" } }
    /// The content type; empty when there are several.
    var contentType: String? { index[.contentType].map { $0.count == 1 ? text($0) : "" } }
    /// The media types that the client accepts, joined.
    var accept: String? { joined(.accept) }
    /// The cookies; nil when there are several such fields, which no browser sends.
    var cookie: String? { index[.cookie].flatMap { $0.count == 1 ? text($0) : nil } }
    /// The relation of the page that made the request to this server; empty when there are several such fields.
    var secFetchSite: String? { index[.secFetchSite].map { $0.count == 1 ? text($0) : "" } }
    var contentLength: Int? { last(.contentLength).flatMap { Int($0) } }
    var expect: String? { last(.expect) }
    var hasUpgrade: Bool { index[.upgrade] != nil }

    var transferCoding: TransferCoding {
        guard let field = index[.transferEncoding] else { return .none }
        return field.count == 1 && text(field).lowercased() == "chunked" ? .chunked : .other
    }

    private func last(_ name: RequestFieldIndex.Name) -> String? { index[name].map { text($0) } }

    private func joined(_ name: RequestFieldIndex.Name) -> String? {
        guard let field = index[name] else { return nil }
        return field.count == 1 ? text(field) : values(of: name.rawValue).joined(separator: ",")
    }

    private func text(_ field: RequestFieldIndex.Field) -> String { text(field.value) }

    private func text(_ range: Range<Int>) -> String {
        lines.getString(at: lines.readerIndex + range.lowerBound, length: range.count) ?? ""
    }

    /// A copy of the fields in a separate buffer, for a request that is retained: its own buffer is large, and reused.
    var detached: RequestFields { RequestFields(lines: ByteBuffer(bytes: lines.readableBytesView), index: index) }

    // MARK: All fields

    /// The names of all fields, in their order.
    var names: [String] { lines.withBytes { Self.split($0) }.map { text($0.name) } }

    /// Returns the values of all fields of a name, in their order; the name is compared without regard to case.
    func values(of name: String) -> [String] {
        let wanted = Array(name.utf8.map(\.asciiLowercased))
        return lines.withBytes { bytes in
            Self.split(bytes).filter { bytes.extracting($0.name).equalsLowercased(wanted.span) }
        }.map { text($0.value) }
    }

    private static func split(_ bytes: Span<UInt8>) -> [(name: Range<Int>, value: Range<Int>)] {
        var fields: [(Range<Int>, Range<Int>)] = []
        RequestFieldIndex.forEachField(in: bytes) { fields.append(($0, $1)) }
        return fields
    }
}

extension ByteBuffer {
    /// Calls a closure with the readable bytes.
    func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        unsafe withUnsafeReadableBytes { bytes in
            unsafe body(Span(_unsafeElements: bytes.bindMemory(to: UInt8.self)))
        }
    }
}

extension Span<UInt8> {
    /// Returns a Boolean value that indicates whether the bytes, in ASCII lowercase, are these.
    func equalsLowercased(_ lowercase: Span<UInt8>) -> Bool {
        guard count == lowercase.count else { return false }
        for index in indices where self[index].asciiLowercased != lowercase[index] { return false }
        return true
    }

    /// Returns the range without the spaces and tabs at its ends, which belong to no value: RFC 9110, section 5.5.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isPadding { start += 1 }
        while end > start, self[end - 1].isPadding { end -= 1 }
        return start..<end
    }
}

extension UInt8 {
    fileprivate var isPadding: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
