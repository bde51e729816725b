import RosterBytes

/// A comparison of paths as servers resolve them.
enum PathPrefix {
    /// Returns whether every request to `path` lies below `prefix`, whether or not the server decodes what is encoded.
    ///
    /// - Parameters:
    ///   - prefix: a path with `/` at both ends.
    ///   - path: a percent-encoded path.
    /// - Returns: false also when only a server that decodes the path would find it below the prefix.
    static func contains(_ prefix: String, _ path: String) -> Bool {
        var rest = DecodedBytes(path)
        var wanted = DecodedBytes(prefix)
        while let next = wanted.next() {
            // A slash that is encoded separates nothing for a server that keeps it so.
            guard let found = rest.next(), found == next else { return false }
        }
        return true
    }

    /// The bytes of a path, an encoded slash told from a plain one.
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
