import RosterBytes

/// A host in the form in which hosts compare: a name, or an address in canonical form.
public enum Host: Hashable, Sendable, CustomStringConvertible {
    /// A DNS name in lower case, plain ASCII.
    case name(String)
    /// An IPv4 address.
    case ipv4(IPv4Address)
    /// An IPv6 address.
    case ipv6(IPv6Address)

    /// The host as it is written in a URL, an IPv6 address in brackets.
    public var description: String {
        switch self {
        case .name(let name): name
        case .ipv4(let address): address.description
        case .ipv6(let address): "[\(address)]"
        }
    }

    /// The reason why text is not a host.
    public enum Refusal: Error, Sendable, Hashable {
        /// A label or the whole text is empty.
        case empty
        /// A name ends in a dot.
        case trailingDot
        /// A character that is not valid in a name.
        case character(String)
        /// A letter outside ASCII, with the ASCII form of the name if it has one.
        case notASCII(punycode: String?)
        /// A label of more than 63 bytes, or a name of more than 253.
        case tooLong
        /// A number that only some programs treat as an IPv4 address.
        case disguisedNumber
        /// An IPv6 address that is not in the form of RFC 5952, with that form if it is an address.
        case notCanonicalIPv6(String?)
        /// An IPv6 address with a zone.
        case zone
    }

    /// Parses the host of a URL, an IPv6 address in brackets.
    public init(parsing text: Substring) throws(Refusal) {
        self = try unsafe text.utf8.span.withUnsafeBufferPointer { (bytes) throws(Refusal) in
            try unsafe Host(utf8: bytes)
        }
    }

    /// Parses the host of a URL from its UTF-8.
    init(utf8 bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) {
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        if unsafe Self.isPlainName(bytes) {
            self = .name(text)
            return
        }
        if unsafe bytes.first == UInt8(ascii: "[") {
            self = .ipv6(try Self.bracketed(text[...]))
            return
        }
        guard !text.isEmpty else { throw .empty }
        guard unsafe bytes.allSatisfy({ $0 < 0x80 }) else { throw .notASCII(punycode: Punycode.hostName(text)) }
        let name = unsafe String(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
        if let bad = name.unicodeScalars.first(where: { !Self.isNameScalar($0) }) { throw .character(String(bad)) }
        guard name != "." else { throw .empty }
        guard !name.hasSuffix(".") else { throw .trailingDot }
        guard name.utf8.count <= 253 else { throw .tooLong }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        for label in labels {
            guard let first = label.first, let last = label.last else { throw .empty }
            guard label.count <= 63 else { throw .tooLong }
            guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { throw .character("-") }
        }
        if let last = labels.last, Self.looksLikeNumber(last) {
            guard let address = IPv4Address(name) else { throw .disguisedNumber }
            self = .ipv4(address)
        } else {
            self = .name(name)
        }
    }

    /// Returns true for the usual form of a name: valid labels in lower case, of which the last starts with a letter
    /// and so is not a number.
    private static func isPlainName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var label = 0
        var (previous, first) = (UInt8(ascii: "."), UInt8(ascii: "."))
        for offset in text.indices {
            let byte = unsafe text[offset]
            if byte == UInt8(ascii: ".") {
                guard label > 0, previous != UInt8(ascii: "-") else { return false }
                label = 0
            } else {
                guard
                    byte.isASCIIDigit || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                        || byte == UInt8(ascii: "-")
                else { return false }
                if label == 0 {
                    guard byte != UInt8(ascii: "-") else { return false }
                    first = byte
                }
                label += 1
                guard label <= 63 else { return false }
            }
            previous = byte
        }
        return label > 0 && text.count <= 253 && previous != UInt8(ascii: "-") && !first.isASCIIDigit
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = UInt8(exactly: scalar.value) else { return false }
        return byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// Returns true for numbers such as `127.1`, `0x7f.1`, `0177.0.0.1` and `2130706433`, which are ambiguous.
    private static func looksLikeNumber(_ label: Substring.UTF8View.SubSequence) -> Bool {
        if label.allSatisfy(\.isASCIIDigit) { return true }
        let digits = label.dropFirst(2)
        return label.starts(with: "0x".utf8) && digits.allSatisfy(\.isHexDigit)
    }

    private static func bracketed(_ text: Substring) throws(Refusal) -> IPv6Address {
        guard text.utf8.last == UInt8(ascii: "]") else { throw .character("[") }
        let inner = text.dropFirst().dropLast()
        guard !inner.utf8.contains(UInt8(ascii: "%")) else { throw .zone }
        guard let address = IPv6Address(String(inner)) else { throw .notCanonicalIPv6(nil) }
        let lowercased = String(decoding: inner.utf8.map(\.asciiLowercased), as: UTF8.self)
        guard address.description == lowercased else { throw .notCanonicalIPv6(address.description) }
        return address
    }
}
