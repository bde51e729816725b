import RosterBytes
import RosterModel

/// The escapes of a double-quoted scalar that can stand for a letter, a digit or `_`, or for nothing.
enum YAMLEscapes {
    /// Decodes `\xHH`, `\uHHHH`, `\UHHHHHHHH` and escaped line ends anywhere in a file; other bytes are kept.
    ///
    /// The result is for searching: escapes outside of quotes are decoded too, and those of other characters are kept.
    static func decode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
                result.append(byte)
                continue
            }
            let length: Int
            switch kind {
            case UInt8(ascii: "x"): length = 2
            case UInt8(ascii: "u"): length = 4
            case UInt8(ascii: "U"): length = 8
            case 0x0A, 0x0D:
                rest = rest.drop { [0x0A, 0x0D, 0x20, 0x09].contains($0) }
                continue
            case UInt8(ascii: "\\"):
                result += [byte, kind]
                rest = rest.dropFirst()
                continue
            default:
                result.append(byte)
                continue
            }
            let digits = rest.dropFirst().prefix(length)
            let isWhole = digits.count == length && digits.allSatisfy(\.isHexDigit)
            let value = isWhole ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil
            if let value, value < 0x80 {
                result.append(UInt8(value))
                rest = rest.dropFirst(1 + length)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
