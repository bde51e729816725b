import RosterBytes

/// A comparison of paths as servers resolve them.
enum PathPrefix {
    /// Returns a Boolean value that indicates whether `path` is below `prefix`, whether or not the server decodes it.
    ///
    /// - Parameters:
    ///   - prefix: a path with `/` at both ends.
    ///   - path: a percent-encoded path.
    /// - Returns: false also when `path` is below the prefix only for a server that decodes it.
    static func contains(_ prefix: String, _ path: String) -> Bool {
        var rest = DecodedBytes(path)
        var wanted = DecodedBytes(prefix)
        while let next = wanted.next() {
            // A slash that is encoded separates nothing for a server that keeps it so.
            guard let found = rest.next(), found == next else { return false }
        }
        return true
    }

    /// The decoded bytes of a path, in which encoded and plain slashes differ.
    private struct DecodedBytes {
        private var bytes: Substring.UTF8View

        init(_ path: String) { bytes = path[...].utf8 }

        /// The next byte; 0x100 above its value for an encoded slash.
        mutating func next() -> UInt16? {
            guard let byte = bytes.popFirst() else { return nil }
            guard byte == UInt8(ascii: "%"), let value = PercentEncoding.value(ofDigits: bytes.prefix(2)) else {
                return UInt16(byte)
            }
            bytes = bytes.dropFirst(2)
            return value == UInt8(ascii: "/") ? 0x100 | UInt16(value) : UInt16(value)
        }
    }
}
