/// Percent-encoding (RFC 3986, section 2.1).
public enum PercentEncoding {
    /// The characters that are not encoded.
    public enum Plain: Sendable {
        /// Letters, digits and `- . _ ~`.
        case unreserved
        /// The unreserved characters and `/`, for a whole path.
        case path
        /// Every character that a segment of a path may contain (`pchar`).
        case segment

        @usableFromInline func contains(_ byte: UInt8) -> Bool {
            if byte.isASCIILetterOrDigit { return true }
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): return true
            case UInt8(ascii: "/"): return self == .path
            case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: ","), UInt8(ascii: ":"),
                UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "@"):
                return self == .segment
            default: return false
            }
        }
    }

    /// Encodes bytes as text of a URL, with upper-case digits.
    @inlinable public static func encode(_ bytes: some Sequence<UInt8>, except plain: Plain = .unreserved) -> String {
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

    /// Appends a byte as text of a URL: the byte itself, or a `%` and two upper-case digits.
    @inlinable public static func append(_ byte: UInt8, except plain: Plain, to output: inout OutputSpan<UInt8>) {
        guard !plain.contains(byte) else { return output.append(byte) }
        output.append(UInt8(ascii: "%"))
        for digit in [byte >> 4, byte & 0xF] {
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }

    /// Decodes text in which every `%` is followed by two hex digits.
    ///
    /// - Parameters:
    ///   - text: The bytes of the text.
    ///   - plusIsSpace: A Boolean value that indicates whether `+` is a space, as in a form-encoded query.
    /// - Returns: The bytes, or nil for malformed text.
    @inlinable public static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let value = value(ofDigits: rest.prefix(2)) else { return nil }
                decoded.append(value)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        return decoded
    }

    /// Decodes text in which a `%` that is not followed by two hex digits is an ordinary character.
    @inlinable public static func decodeLeniently(_ text: some Collection<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = value(ofDigits: rest.prefix(2)) {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }

    /// Returns the value of two hex digits in either case, or nil for anything else.
    @inlinable public static func value(ofDigits digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digits.first?.hexDigitValue,
            let low = digits.dropFirst().first?.hexDigitValue
        else { return nil }
        return high << 4 | low
    }
}
