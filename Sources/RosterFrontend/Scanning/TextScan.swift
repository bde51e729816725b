import RosterBytes
import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// A scan of a file's bytes for text that a reviewer cannot see as it is.
struct TextScan {
    enum Problem {
        case byteOrderMark(ByteSpan)
        case nul(ByteSpan)
        /// A file in UTF-16.
        case utf16(ByteSpan)
        /// The first line end of a file whose lines end with CR alone.
        case carriageReturns(ByteSpan)
        case notUTF8(ByteSpan)
        case hidden(Unicode.Scalar, ByteSpan)
    }

    private(set) var problems: [Problem] = []
    /// A Boolean value that indicates whether every byte is printable ASCII, LF or TAB.
    private(set) var isASCII = false
    /// A Boolean value that indicates whether the file contains `roster:allow`.
    private(set) var mayHaveSuppressions = false

    /// The largest number of problems that are reported of a file.
    private static let problemLimit = 20

    init(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe scan($0) }
        mayHaveSuppressions = Suppressions.mayOccur(in: bytes)
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var offset = 0
        if unsafe bytes.first == 0xEF && bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            problems.append(.byteOrderMark(ByteSpan(0..<3)))
            offset = 3
        }
        isASCII = offset == 0
        var previous: Unicode.Scalar = "\n"
        var hasNUL = false
        while problems.count < Self.problemLimit {
            // This skips nearly all of a file.
            let next = unsafe bytes.endOfPlainText(from: offset)
            if next > offset { previous = unsafe Unicode.Scalar(bytes[next - 1]) }
            offset = next
            guard offset < bytes.count else { return }
            isASCII = false
            guard let (scalar, length) = unsafe Self.decode(bytes, at: offset) else {
                let isUTF16 =
                    unsafe offset == 0 && (bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]))
                problems.append(isUTF16 ? .utf16(ByteSpan(0..<2)) : .notUTF8(ByteSpan(offset..<offset + 1)))
                return
            }
            let span = ByteSpan(offset..<offset + length)
            if scalar.value == 0 {
                // Letters of ASCII in UTF-16 have a zero as their other byte.
                guard unsafe offset > 1 || bytes.count < 4 || (bytes[offset ^ 2] != 0 || bytes[offset ^ 1] == 0) else {
                    problems.append(.utf16(span))
                    return
                }
                guard !hasNUL else { offset += length; continue }
                hasNUL = true
                problems.append(.nul(span))
            } else if scalar.value == 0x0D {
                if unsafe offset + 1 == bytes.count || bytes[offset + 1] != 0x0A {
                    guard unsafe bytes.contains(0x0A) else {
                        problems.append(.carriageReturns(span))
                        return
                    }
                    problems.append(.hidden(scalar, span))
                }
            } else if HiddenScalar.isHidden(scalar, after: previous) {
                problems.append(.hidden(scalar, span))
            }
            previous = scalar
            offset += length
        }
    }

    /// Decodes one scalar of well-formed UTF-8 (Unicode, table 3-7); nil for anything else.
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
