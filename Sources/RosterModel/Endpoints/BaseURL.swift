/// A `baseUrl` that was read: the one parser that turns text into an origin, for checking and for sending.
public struct BaseURL: Hashable, Sendable {
    /// Where requests go.
    public var origin: Origin
    /// The path as it is written, without a trailing `/`; empty for the root.
    public var path: String

    /// Makes a URL from its parts.
    public init(origin: Origin, path: String) {
        self.origin = origin
        self.path = path
    }

    /// Why text is no base URL, with the bytes that are to blame.
    public struct Refusal: Error, Sendable, Hashable {
        /// What is wrong.
        public var reason: Reason
        /// Offsets into the text's UTF-8.
        public var bytes: Range<Int>

        init(_ reason: Reason, _ bytes: Range<Int>) {
            self.reason = reason
            self.bytes = bytes
        }
    }

    /// What can be wrong with a base URL.
    public enum Reason: Sendable, Hashable {
        /// No `scheme://` at the start.
        case notAbsolute
        /// A scheme other than `http` and `https`.
        case scheme
        /// White space, a control character or a letter outside ASCII, where a URL has none.
        case character
        /// A backslash, which some readers take for a slash.
        case backslash
        /// `user:password@`.
        case userInfo
        /// `?…`
        case query
        /// `#…`
        case fragment
        /// A percent sign in the host.
        case percentInHost
        /// The host is none.
        case host(Host.Refusal)
        /// The port is no number from 1 to 65535.
        case port
        /// A part of the path is `.` or `..`, which clients resolve before they send.
        case dotSegment
        /// A percent sign that is not followed by two hex digits.
        case percentEncoding
    }

    /// Reads a URL.
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
        let behindName = (bracket ?? range.lowerBound)..<range.upperBound
        if let colon = unsafe bytes[behindName].firstIndex(of: UInt8(ascii: ":")) {
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

    /// A number from 1 to 65535 without leading zeros.
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
        var segment = start
        while segment < bytes.count {
            let next = unsafe bytes[(segment + 1)...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
            if unsafe Self.isDotSegment(bytes[(segment + 1)..<next]) { throw Refusal(.dotSegment, segment..<next) }
            segment = next
        }
        var end = bytes.count
        while unsafe end > start && bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
        return unsafe String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Whether a part of a path is one dot or two, each as it is or percent-encoded.
    private static func isDotSegment(_ segment: some Collection<UInt8>) -> Bool {
        var rest = segment[...]
        var dots = 0
        while let byte = rest.first {
            if byte == UInt8(ascii: ".") {
                rest = rest.dropFirst()
            } else if byte == UInt8(ascii: "%"),
                rest.dropFirst().prefix(2).elementsEqual("2e".utf8, by: { $0.asciiLowercased == $1 })
            {
                rest = rest.dropFirst(3)
            } else {
                return false
            }
            dots += 1
        }
        return dots == 1 || dots == 2
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
    /// Reads a scheme, in whatever case it is written.
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
