/// Percent-encoding (RFC 3986) of one part of a path or query.
package enum PercentEncoding {
    /// The characters that are not encoded.
    package enum Plain: Sendable {
        /// Letters, digits and `- . _ ~`.
        case unreserved
        /// Whatever a segment of a path may hold.
        case segment

        fileprivate func contains(_ byte: UInt8) -> Bool {
            if byte.isASCIILetterOrDigit { return true }
            switch byte {
            case 0x2D, 0x2E, 0x5F, 0x7E: return true
            case 0x21, 0x24, 0x26...0x2C, 0x3A, 0x3B, 0x3D, 0x40: return self == .segment
            default: return false
            }
        }
    }

    /// Encodes bytes as UTF-8 text of a URL.
    package static func encode(_ bytes: some Sequence<UInt8>, except plain: Plain = .unreserved) -> String {
        var result = ""
        for byte in bytes {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// Bytes with what is encoded decoded; a percent sign that begins nothing stands for itself.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = value(ofDigits: rest.prefix(2)) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    /// The value of two hex digits, in either case; nil for anything else.
    package static func value(ofDigits digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy(\.isHexDigit) else { return nil }
        // A letter's low four bits count from 1 at `a`.
        return digits.reduce(0) { $0 << 4 | ($1.isASCIIDigit ? $1 & 0xF : ($1 & 0xF) + 9) }
    }
}
