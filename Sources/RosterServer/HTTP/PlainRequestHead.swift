import RosterBytes

/// The head of a request in a form that every parser of HTTP/1.1 understands the same.
///
/// Most requests have this form: `GET` or `HEAD`, an absolute path, and lines of a name, a colon and printable ASCII, each
/// ended by CR and LF. No field frames a body, changes the protocol or ends the connection, so that for every parser the
/// request ends at the first empty line. All other heads, well-formed or not, are left to the decoder of swift-nio: this
/// parser has no errors, and rejects everything that is not part of the form.
///
/// Source: RFC 9112, sections 2 to 6.
package struct PlainRequestHead: Sendable {
    /// The limits of a head.
    package struct Limits: Sendable, Hashable {
        /// The number of bytes of a head, its line ends included.
        package var headBytes: Int
        /// The number of bytes of a request target.
        package var targetBytes: Int
        package var fields: Int

        package init(headBytes: Int, targetBytes: Int, fields: Int) {
            (self.headBytes, self.targetBytes, self.fields) = (headBytes, targetBytes, fields)
        }
    }

    /// A Boolean value that indicates whether the method is `HEAD`, and not `GET`.
    package let isHead: Bool
    /// The place of the request target.
    package let target: Range<Int>
    /// The place of the lines of header fields, without the empty line after them.
    package let fieldLines: Range<Int>
    /// The number of bytes of the head, the empty line included.
    package let length: Int
    /// The fields that Roster reads, by their places in ``fieldLines``.
    let index: RequestFieldIndex

    /// Parses the head at the start of bytes that more requests may follow; nil when it is incomplete, or not plain.
    package init?(_ bytes: Span<UInt8>, limits: Limits) {
        guard let methodEnd = Self.endOfMethod(bytes) else { return nil }
        isHead = methodEnd == 5
        guard let targetEnd = Self.endOfTarget(bytes, from: methodEnd, limit: limits.targetBytes) else { return nil }
        target = methodEnd..<targetEnd
        guard let start = Self.endOfVersion(bytes, from: targetEnd) else { return nil }
        let limit = min(bytes.count, limits.headBytes)
        var (position, count, index) = (start, 0, RequestFieldIndex())
        while position < limit, bytes[position] != UInt8(ascii: "\r") {
            guard let colon = Self.endOfName(bytes, from: position, limit: limit),
                let end = Self.endOfValue(bytes, from: colon + 1, limit: limit)
            else { return nil }
            let value = bytes.trimmed(colon + 1..<end)
            switch index.add(
                bytes.extracting(position..<colon),
                value: value.lowerBound - start..<value.upperBound - start
            ) {
            case .transferEncoding, .contentLength, .upgrade, .expect, .proxyConnection: return nil
            case .connection where !Self.isKeepAlive(bytes.extracting(value)): return nil
            default: break
            }
            count += 1
            guard count <= limits.fields else { return nil }
            position = end + 2
        }
        guard position + 1 < limit, bytes[position + 1] == UInt8(ascii: "\n"), index[.host]?.count == 1 else {
            return nil
        }
        fieldLines = start..<position
        length = position + 2
        self.index = index
    }

    /// Returns the offset after `GET ` or `HEAD `.
    private static func endOfMethod(_ bytes: Span<UInt8>) -> Int? {
        if starts(bytes, at: 0, with: "GET ") { return 4 }
        return starts(bytes, at: 0, with: "HEAD ") ? 5 : nil
    }

    /// Returns the offset after a target of an absolute path and perhaps a query.
    private static func endOfTarget(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "/") else { return nil }
        let allowed = targetBytes
        var position = start
        while position < bytes.count, allowed.contains(bytes[position]) { position += 1 }
        return position - start <= limit ? position : nil
    }

    /// Returns the offset after ` HTTP/1.1` and a line end.
    private static func endOfVersion(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        let version: StaticString = " HTTP/1.1\r\n"
        return starts(bytes, at: start, with: version) ? start + version.utf8CodeUnitCount : nil
    }

    /// Returns the offset of the colon after a name.
    private static func endOfName(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int? {
        let allowed = nameBytes
        var position = start
        while position < limit, allowed.contains(bytes[position]) { position += 1 }
        guard position > start, position < limit, bytes[position] == UInt8(ascii: ":") else { return nil }
        return position
    }

    /// Returns the offset of the CR and LF after a value.
    private static func endOfValue(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int? {
        var position = start
        while position < limit, bytes[position] &- 0x20 < 0x5F || bytes[position] == UInt8(ascii: "\t") {
            position += 1
        }
        guard position + 1 < limit, bytes[position] == UInt8(ascii: "\r"), bytes[position + 1] == UInt8(ascii: "\n")
        else { return nil }
        return position
    }

    private static func isKeepAlive(_ value: Span<UInt8>) -> Bool {
        let expected: StaticString = "keep-alive"
        guard value.count == expected.utf8CodeUnitCount else { return false }
        for index in value.indices where unsafe value[index].asciiLowercased != expected.utf8Start[index] {
            return false
        }
        return true
    }

    private static func starts(_ bytes: Span<UInt8>, at offset: Int, with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        for index in 0..<count where unsafe bytes[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    /// The bytes of a token: RFC 9110, section 5.6.2.
    private static let nameBytes = ASCIISet("!#$%&'*+-.^_`|~", lettersAndDigits: true)
    /// The bytes of an absolute path and a query, percent signs of any kind included: RFC 3986, sections 3.3 and 3.4.
    private static let targetBytes = ASCIISet("-._~!$&'()*+,;=:@/?%", lettersAndDigits: true)
}

/// A set of ASCII characters that is tested without memory or branches.
private struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: StaticString, lettersAndDigits: Bool) {
        for byte in UInt8.min...0x7F {
            var isMember = lettersAndDigits && byte.isASCIILetterOrDigit
            for index in 0..<characters.utf8CodeUnitCount where unsafe characters.utf8Start[index] == byte {
                isMember = true
            }
            guard isMember else { continue }
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return ((byte < 64 ? low : high) >> UInt64(byte & 63)) & 1 == 1
    }
}
