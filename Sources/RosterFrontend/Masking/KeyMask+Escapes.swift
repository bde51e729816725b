import RosterModel
import YAMLSyntax

extension KeyMask {
    /// Keys that are written with escapes, as a quoted YAML text may be: `"\x73k-…"`.
    static func escapedKeys(_ bytes: [UInt8]) -> [ByteSpan] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return [] }
        let decoded = Unescaped(bytes)
        return unsafe decoded.bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }.map { match in
            ByteSpan(decoded.offsets[match.range.lowerBound]..<decoded.offsets[match.range.upperBound])
        }
    }

    /// Returns the user names and passwords in URLs: the text from `://` to the last `@` before the end of the host.
    static func userInformation(_ bytes: [UInt8]) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        var position = bytes.startIndex
        while let colon = bytes[position...].firstIndex(of: UInt8(ascii: ":")) {
            position = colon + 1
            guard bytes[position...].starts(with: "//".utf8) else { continue }
            let start = position + 2
            let end = bytes[start...].firstIndex { $0 <= 0x20 || "/?#\"'".utf8.contains($0) } ?? bytes.endIndex
            if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start {
                spans.append(ByteSpan(start..<at))
            }
            position = end
        }
        return spans
    }
}

/// A file with every escape of a double-quoted text taken for what it stands for, whether it is in quotes or not.
private struct Unescaped {
    private(set) var bytes: [UInt8] = []
    /// The offset of each byte in the file, and of the end of the file.
    private(set) var offsets: [Int] = []

    init(_ source: [UInt8]) {
        bytes.reserveCapacity(source.count)
        offsets.reserveCapacity(source.count + 1)
        var position = 0
        while position < source.count {
            let (value, length) = Self.escape(source[position...])
            for byte in value {
                bytes.append(byte)
                offsets.append(position)
            }
            position += length
        }
        offsets.append(source.count)
    }

    /// Returns the meaning of the bytes at the start of `rest`, and their number.
    private static func escape(_ rest: ArraySlice<UInt8>) -> (value: [UInt8], length: Int) {
        guard rest[rest.startIndex] == UInt8(ascii: "\\"), let kind = rest.dropFirst().first else {
            return ([rest[rest.startIndex]], 1)
        }
        let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][kind]
        if let digits {
            let text = String(decoding: rest.dropFirst(2).prefix(digits), as: UTF8.self)
            guard let scalar = UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) else { return ([kind], 2) }
            return (Array(String(scalar).utf8), 2 + digits)
        }
        // A line that ends in a backslash goes on with the first character of the next.
        if kind == UInt8(ascii: "\n") || kind == UInt8(ascii: "\r") {
            let blanks = rest.dropFirst().prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            return ([], 1 + blanks.count)
        }
        return ([kind], 2)
    }
}
