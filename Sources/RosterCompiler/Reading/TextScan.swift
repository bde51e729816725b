import RosterDiagnostics
import YAMLSyntax

/// One pass over a file's bytes: whether they are text that a reviewer sees as it is.
struct TextScan {
    enum Problem {
        case byteOrderMark(ByteSpan)
        case nul(ByteSpan)
        case notUTF8(ByteSpan)
        case hidden(Unicode.Scalar, ByteSpan)
    }

    private(set) var problems: [Problem] = []
    /// Whether every byte is printable ASCII, LF or TAB.
    private(set) var isASCII = false
    /// Whether the file says `roster:allow` anywhere.
    private(set) var mayHaveSuppressions = false

    /// More than these in one file tell a reviewer nothing new.
    private static let problemLimit = 20

    init(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            isASCII = unsafe Self.isPlainText(bytes)
            if !isASCII { unsafe scan(bytes) }
        }
        mayHaveSuppressions = Suppressions.mayOccur(in: bytes)
    }

    /// Whether every byte is printable ASCII, LF or TAB, as in nearly every file.
    private static func isPlainText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset + 8 <= raw.count {
            // Eight bytes at a time: a byte's high bit is set when it is 0x7F or more, or below 0x20.
            let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let high = (word | (word &+ 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080
            let low = ~((word | 0x8080_8080_8080_8080) &- 0x2020_2020_2020_2020) & 0x8080_8080_8080_8080
            if high != 0 { return false }
            if low != 0 {
                for next in offset..<offset + 8 where unsafe !isPlain(raw[next]) { return false }
            }
            offset += 8
        }
        while offset < raw.count {
            guard unsafe isPlain(raw[offset]) else { return false }
            offset += 1
        }
        return true
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var offset = 0
        if unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            problems.append(.byteOrderMark(ByteSpan(0..<3)))
            offset = 3
        }
        var previous: Unicode.Scalar = "\n"
        while offset < bytes.count && problems.count < Self.problemLimit {
            if unsafe Self.isPlain(bytes[offset]) {
                previous = unsafe Unicode.Scalar(bytes[offset])
                offset += 1
                continue
            }
            guard let (scalar, length) = unsafe Self.decode(bytes, at: offset) else {
                problems.append(.notUTF8(ByteSpan(offset..<offset + 1)))
                return
            }
            let span = ByteSpan(offset..<offset + length)
            if scalar.value == 0 {
                problems.append(.nul(span))
            } else if scalar.value == 0x0D {
                if unsafe offset + 1 == bytes.count || bytes[offset + 1] != 0x0A {
                    problems.append(.hidden(scalar, span))
                }
            } else if HiddenCharacter.isHidden(scalar, after: previous) {
                problems.append(.hidden(scalar, span))
            }
            previous = scalar
            offset += length
        }
    }

    /// One scalar of well-formed UTF-8 (Unicode, table 3-7); nil for anything else.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (Unicode.Scalar, Int)? {
        let first = unsafe bytes[offset]
        let length: Int
        switch first {
        case 0..<0x80: return (Unicode.Scalar(first), 1)
        case 0xC2..<0xE0: length = 2
        case 0xE0..<0xF0: length = 3
        case 0xF0..<0xF5: length = 4
        default: return nil
        }
        guard offset + length <= bytes.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for next in offset + 1..<offset + length {
            guard unsafe bytes[next] & 0xC0 == 0x80 else { return nil }
            value = unsafe value << 6 | UInt32(bytes[next] & 0x3F)
        }
        let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= smallest[length] else { return nil }
        return Unicode.Scalar(value).map { ($0, length) }
    }
}
