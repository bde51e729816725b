/// The meaning of a plain scalar under the core schema of YAML 1.2 (section 10.3.2).
public enum PlainScalar: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case float(Double)
    case text
    /// A whole number that does not fit in 64 bits.
    case integerTooLarge
    /// `.nan`, `.inf`, or a number beyond a double's range: JSON has no way to write it.
    case notFinite

    /// Reads a plain scalar's text.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = unsafe bytes.first else {
            self = .null
            return
        }
        // Most text starts with a letter that starts no keyword, which decides it.
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            self = unsafe Self.isOneOf(bytes, "~", "null", "Null", "NULL") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            self = unsafe Self.isOneOf(bytes, "true", "True", "TRUE") ? .boolean(true) : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            self = unsafe Self.isOneOf(bytes, "false", "False", "FALSE") ? .boolean(false) : .text
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            self = unsafe Self.number(bytes)
        default:
            self = .text
        }
    }

    private static func isOneOf(_ bytes: UnsafeBufferPointer<UInt8>, _ words: StaticString...) -> Bool {
        words.contains { word in
            let count = word.utf8CodeUnitCount
            return unsafe count == bytes.count
                && bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
        }
    }

    /// Returns whether a plain scalar that is text here has another type in YAML 1.1: `on`, `2026-01-05`, `1_000`.
    public static func isOtherwiseInYAML11(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = unsafe bytes.first else { return false }
        switch first {
        case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "o"),
            UInt8(ascii: "O"):
            return unsafe isOneOf(bytes, "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO")
                || isOneOf(bytes, "on", "On", "ON", "off", "Off", "OFF")
        case UInt8(ascii: "="):
            return bytes.count == 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return unsafe YAML11Number.matches(Array(bytes)) || YAML11Date.matches(Array(bytes))
        default:
            return false
        }
    }

    /// A decimal number of few digits, with a point or without, read without a string.
    private static func shortNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainScalar? {
        let isNegative = unsafe bytes[0] == UInt8(ascii: "-")
        let start = unsafe isNegative || bytes[0] == UInt8(ascii: "+") ? 1 : 0
        // A whole number of this many digits is below 2^53, and exact as a double.
        guard bytes.count <= 15 else { return nil }
        var (value, digits): (Int64, Int) = (0, 0)
        var point: Int?
        for offset in start..<bytes.count {
            let digit = unsafe bytes[offset] &- UInt8(ascii: "0")
            if digit < 10 {
                value = value * 10 + Int64(digit)
                digits += 1
            } else if unsafe point == nil && bytes[offset] == UInt8(ascii: ".") {
                point = offset
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        guard let point else { return .integer(isNegative ? -value : value) }
        // Both are exact, and so what is nearest to their quotient is nearest to the number.
        let number = Double(value) / powersOfTen[bytes.count - 1 - point]
        return .float(isNegative ? -number : number)
    }

    private static let powersOfTen: [Double] = Array(sequence(first: 1) { $0 * 10 }.prefix(15))

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainScalar {
        if let number = unsafe shortNumber(bytes) { return number }
        // No number has a letter beyond these; most text that starts with a digit ends here.
        let isHopeless = unsafe bytes.contains { byte in
            (byte > UInt8(ascii: "f") || byte == UInt8(ascii: "/")) && !"xoinyINF".utf8.contains(byte)
        }
        if isHopeless { return .text }
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        if [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text) {
            return .notFinite
        }
        for (prefix, radix) in [("0o", 8), ("0x", 16)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0, radix: radix) }) else { return .text }
            return Int64(digits, radix: radix).map(PlainScalar.integer) ?? .integerTooLarge
        }
        if !unsigned.isEmpty, unsigned.utf8.allSatisfy({ isDigit($0, radix: 10) }) {
            return Int64(text).map(PlainScalar.integer) ?? .integerTooLarge
        }
        guard isFloat(unsigned.utf8) else { return .text }
        guard let value = Double(normalized(text)), value.isFinite else { return .notFinite }
        return .float(value)
    }

    /// Returns whether a text is `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
    private static func isFloat(_ bytes: Substring.UTF8View) -> Bool {
        var rest = bytes[...]
        func digits() -> Int {
            let count = rest.prefix { isDigit($0, radix: 10) }.count
            rest = rest.dropFirst(count)
            return count
        }
        let whole = digits()
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = digits()
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// `1.` and `1.e5` are numbers to YAML and not to Swift's parser.
    private static func normalized(_ text: String) -> String {
        guard let point = text.firstIndex(of: ".") else { return text }
        let next = text.index(after: point)
        let needsDigit = next == text.endIndex || text[next] == "e" || text[next] == "E"
        return needsDigit ? text[..<next] + "0" + text[next...] : text
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"): true
        case UInt8(ascii: "8"), UInt8(ascii: "9"): radix >= 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }
}
