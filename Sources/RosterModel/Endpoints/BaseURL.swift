import RosterBytes

/// A parsed `baseUrl`: the one parser that turns text into an origin, for checking and for sending.
///
/// Every server interprets its path in the same way: no spelling is a step to another path (``Reason/traversal``).
public struct BaseURL: Hashable, Sendable, CustomStringConvertible {
    /// The scheme, host and port of requests.
    public internal(set) var origin: Origin
    /// The path as it is written without a trailing `/`, or empty for the root.
    public internal(set) var path: String

    /// The absolute URL.
    public var description: String { "\(origin)\(path)" }

    /// The reason why text is not a base URL, and the bytes that cause it.
    public struct Refusal: Error, Sendable, Hashable {
        /// The reason.
        public var reason: Reason
        /// Offsets into the text's UTF-8.
        public var bytes: Range<Int>

        init(_ reason: Reason, _ bytes: Range<Int>) {
            self.reason = reason
            self.bytes = bytes
        }
    }

    /// A reason why text is not a base URL.
    public enum Reason: Sendable, Hashable {
        /// No `scheme://` at the start.
        case notAbsolute
        /// A scheme other than `http` and `https`.
        case scheme
        /// White space, a control character or a letter outside ASCII, where a URL does not allow it.
        case character
        /// A backslash, which some parsers treat as a slash.
        case backslash
        /// `user:password@`.
        case userInfo
        /// `?…`
        case query
        /// `#…`
        case fragment
        /// A percent sign in the host.
        case percentInHost
        /// The host is not valid.
        case host(Host.Refusal)
        /// The port is not a number from 1 to 65535.
        case port
        /// A segment of the path is `.` or `..`, or is shortened to them by some servers.
        case dotSegment
        /// A segment of the path is empty, which some servers drop and others keep.
        case emptySegment
        /// A character of the path, percent-encoded or not, that some servers treat as a step to another path.
        case traversal
        /// A percent sign that is not followed by two hex digits.
        case percentEncoding
    }

    /// Parses a URL.
    public init(_ text: String) throws(Refusal) {
        self = try unsafe text.utf8.span.withUnsafeBufferPointer { (bytes) throws(Refusal) in
            try unsafe BaseURL(utf8: bytes)
        }
    }

    private init(utf8 bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) {
        if let offset = unsafe bytes.firstIndex(of: UInt8(ascii: "\\")) {
            throw Refusal(.backslash, offset..<offset + 1)
        }
        guard let colon = unsafe bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            unsafe bytes[..<colon].allSatisfy(Self.isInAScheme), unsafe bytes[(colon + 1)...].starts(with: "//".utf8)
        else { throw Refusal(.notAbsolute, 0..<bytes.count) }
        guard let scheme = unsafe Origin.Scheme(bytes[..<colon]) else { throw Refusal(.scheme, 0..<colon) }
        let start = colon + 3
        let end = unsafe bytes[start...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? bytes.count
        let (host, port) = unsafe try Self.authority(bytes, start..<end)
        origin = Origin(scheme: scheme, host: host, port: port ?? scheme.defaultPort)
        path = unsafe try Self.path(bytes, from: end)
    }

    private static func isInAScheme(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func authority(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>
    ) throws(Refusal) -> (Host, UInt16?) {
        if let at = unsafe bytes[range].lastIndex(of: UInt8(ascii: "@")) {
            throw Refusal(.userInfo, range.lowerBound..<at + 1)
        }
        for offset in range where unsafe bytes[offset] <= 0x20 || bytes[offset] == 0x7F {
            throw Refusal(.character, offset..<offset + 1)
        }
        var hostEnd = range.upperBound
        var port: UInt16?
        let isBracketed = unsafe bytes[range].first == UInt8(ascii: "[")
        if let percent = unsafe bytes[range].firstIndex(of: UInt8(ascii: "%")) {
            throw Refusal(isBracketed ? .host(.zone) : .percentInHost, percent..<percent + 1)
        }
        let bracket = isBracketed ? unsafe bytes[range].firstIndex(of: UInt8(ascii: "]")) ?? range.upperBound : nil
        let afterName = (bracket ?? range.lowerBound)..<range.upperBound
        if let colon = unsafe bytes[afterName].firstIndex(of: UInt8(ascii: ":")) {
            guard let number = unsafe Self.port(bytes[(colon + 1)..<range.upperBound]) else {
                throw Refusal(.port, colon..<range.upperBound)
            }
            port = number
            hostEnd = colon
        }
        let hostRange = range.lowerBound..<hostEnd
        do throws(Host.Refusal) {
            return (unsafe try Host(utf8: UnsafeBufferPointer(rebasing: bytes[hostRange])), port)
        } catch {
            throw Refusal(.host(error), hostRange)
        }
    }

    /// Parses a number from 1 to 65535 without leading zeros.
    private static func port(_ digits: some Collection<UInt8>) -> UInt16? {
        guard (1...5).contains(digits.count), digits.allSatisfy(\.isASCIIDigit), digits.first != UInt8(ascii: "0")
        else {
            return nil
        }
        return UInt16(exactly: digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }

    private static func path(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(Refusal) -> String {
        for offset in start..<bytes.count {
            let byte = unsafe bytes[offset]
            if byte == UInt8(ascii: "?") { throw Refusal(.query, offset..<bytes.count) }
            if byte == UInt8(ascii: "#") { throw Refusal(.fragment, offset..<bytes.count) }
            if Self.isNeverInAPath(byte) { throw Refusal(.character, offset..<offset + 1) }
            if byte == UInt8(ascii: "%") {
                guard unsafe offset + 2 < bytes.count && bytes[offset + 1].isHexDigit && bytes[offset + 2].isHexDigit
                else {
                    throw Refusal(.percentEncoding, offset..<min(offset + 3, bytes.count))
                }
            }
        }
        let isOpen = unsafe bytes.count > start && bytes[bytes.count - 1] == UInt8(ascii: "/")
        let end = isOpen ? bytes.count - 1 : bytes.count
        try unsafe checkSegments(bytes, start..<end)
        return unsafe String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Rejects segments that some servers resolve to another path.
    private static func checkSegments(_ bytes: UnsafeBufferPointer<UInt8>, _ path: Range<Int>) throws(Refusal) {
        var segment = path.lowerBound
        while segment < path.upperBound {
            let next = unsafe bytes[(segment + 1)..<path.upperBound].firstIndex(of: UInt8(ascii: "/"))
            let range = (segment + 1)..<(next ?? path.upperBound)
            if unsafe bytes[range].allSatisfy(Self.isPlain) {
                segment = range.upperBound
                guard range.isEmpty else { continue }
                throw Refusal(.emptySegment, range.lowerBound - 1..<range.upperBound)
            }
            switch unsafe PathTraversal.refusal(ofSegment: PercentEncoding.decodeLeniently(bytes[range])) {
            case .dotSegment: throw Refusal(.dotSegment, segment..<range.upperBound)
            case .emptySegment: throw Refusal(.emptySegment, segment..<range.upperBound)
            case .character, nil: break
            }
            try unsafe checkCharacters(bytes, range)
            segment = range.upperBound
        }
    }

    /// Returns a Boolean value that indicates whether every server treats a byte as itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func checkCharacters(_ bytes: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>) throws(Refusal) {
        var offset = segment.lowerBound
        while offset < segment.upperBound {
            let start = offset
            guard unsafe bytes[offset] == UInt8(ascii: "%") else {
                offset += 1
                if unsafe PathTraversal.isRefused(Unicode.Scalar(bytes[start])) {
                    throw Refusal(.traversal, start..<offset)
                }
                continue
            }
            // A character outside ASCII is several encoded bytes.
            var encoded: [UInt8] = []
            repeat {
                encoded.append(unsafe PercentEncoding.value(ofDigits: bytes[(offset + 1)..<(offset + 3)]) ?? 0)
                offset += 3
            } while unsafe offset < segment.upperBound && bytes[offset] == UInt8(ascii: "%")
            let decoded = String(validating: encoded, as: UTF8.self)
            if decoded?.unicodeScalars.contains(where: PathTraversal.isRefusedEncoded) ?? true {
                throw Refusal(.traversal, start..<offset)
            }
        }
    }

    private static func isNeverInAPath(_ byte: UInt8) -> Bool {
        switch byte {
        case ...0x20, 0x7F...: true
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"), UInt8(ascii: "`"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}

extension Origin.Scheme {
    /// Parses a scheme in any letter case.
    fileprivate init?(_ bytes: some Collection<UInt8>) {
        if bytes.elementsEqual("https".utf8, by: { $0.asciiLowercased == $1 }) {
            self = .https
        } else if bytes.elementsEqual("http".utf8, by: { $0.asciiLowercased == $1 }) {
            self = .http
        } else {
            return nil
        }
    }
}
