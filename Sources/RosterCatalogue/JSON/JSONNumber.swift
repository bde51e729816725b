import RosterBytes

/// A number of JSON as its digits, so that no digit of a price is lost.
package struct JSONNumber: Sendable, Hashable {
    package let isNegative: Bool
    /// The digits without leading and trailing zeros; empty for zero.
    private let digits: [UInt8]
    /// The power of ten of the last digit.
    private let exponent: Int

    /// The number of digits that a number may have.
    private static let digitLimit = 40
    private static let exponentLimit = 400

    /// Parses a number of RFC 8259.
    init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let whole = rest.prefix(while: \.isASCIIDigit)
        guard let first = whole.first, whole.count == 1 || first != UInt8(ascii: "0") else { return nil }
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: \.isASCIIDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
        }
        var power = 0
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            let sign = rest.first
            if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard !rest.isEmpty, rest.allSatisfy(\.isASCIIDigit), let value = Self.small(rest) else { return nil }
            power = sign == UInt8(ascii: "-") ? -value : value
            rest = []
        }
        guard rest.isEmpty else { return nil }
        var digits = Array(whole + fraction)
        var exponent = power - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
        guard digits.count <= Self.digitLimit, abs(exponent) <= Self.exponentLimit || digits.isEmpty else { return nil }
        (self.digits, self.exponent) = (digits, digits.isEmpty ? 0 : exponent)
    }

    private static func small(_ digits: ArraySlice<UInt8>) -> Int? {
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        return significant.isEmpty ? 0 : significant.count > 4 ? nil : Int(String(decoding: significant, as: UTF8.self))
    }

    /// The value, when it is a whole number that fits.
    package var wholeValue: Int? {
        guard !digits.isEmpty else { return 0 }
        guard exponent >= 0, digits.count + exponent <= 18,
            let value = Int(String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: exponent))
        else { return nil }
        return isNegative ? -value : value
    }

    /// Returns the number times a power of ten in decimal notation, without an exponent.
    package func decimal(timesTenToThe power: Int = 0) -> String {
        guard !digits.isEmpty else { return "0" }
        let exponent = exponent + power
        let text = String(decoding: digits, as: UTF8.self)
        let sign = isNegative ? "-" : ""
        if exponent >= 0 { return sign + text + String(repeating: "0", count: exponent) }
        let point = digits.count + exponent
        guard point > 0 else { return sign + "0." + String(repeating: "0", count: -point) + text }
        return sign + text.prefix(point) + "." + text.dropFirst(point)
    }
}
