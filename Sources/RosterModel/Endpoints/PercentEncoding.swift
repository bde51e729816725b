/// Percent-encoding (RFC 3986) of one part of a path or query.
package enum PercentEncoding {
    /// Bytes with everything encoded that is not a letter, a digit or one of `- . _ ~`.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var result = ""
        for byte in bytes {
            if byte.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
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
    static func value(ofDigits digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy(\.isHexDigit) else { return nil }
        // A letter's low four bits count from 1 at `a`.
        return digits.reduce(0) { $0 << 4 | ($1.isASCIIDigit ? $1 & 0xF : ($1 & 0xF) + 9) }
    }
}
