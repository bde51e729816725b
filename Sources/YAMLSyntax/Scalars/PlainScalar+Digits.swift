extension PlainScalar {
    /// The way in which a decimal number differs from its text.
    public enum DigitLoss: Equatable, Sendable {
        /// It has no zeros at the start, as in `0613`, and none at the end, as in `1.10`.
        case zeros
        /// It has fewer digits.
        case digits
        /// It is beyond the range of its type.
        case range
    }

    /// Returns how the value of a decimal number differs from the text that it was read from; nil if it has all of the
    /// text's digits, or if the scalar is not a decimal number.
    ///
    /// The sign, the point and the form of an exponent are not digits: `+5`, `1.`, `1e3` and `1e-05` lose none. The one
    /// zero after the point of `1.0` is what makes the number a fraction.
    public func digitLoss(in text: UnsafeBufferPointer<UInt8>) -> DigitLoss? {
        switch self {
        case .null, .boolean, .text: return nil
        case .integer, .float, .integerTooLarge, .notFinite: break
        }
        guard let number = unsafe DecimalText(text) else { return nil }
        switch self {
        case .integerTooLarge: return .digits
        case .notFinite: return .range
        default: break
        }
        if number.hasOuterZeros { return .zeros }
        // A double keeps any 15 digits.
        guard case .float(let value) = self, number.digitCount > 15 || number.hasExponent else { return nil }
        var shortest = value.description
        let isKept = shortest.withUTF8 { shortest in
            unsafe DecimalText(shortest)?.value == number.value
        }
        return isKept ? nil : .digits
    }
}

/// The parts of a decimal number's text.
@safe
private struct DecimalText {
    private let text: UnsafeBufferPointer<UInt8>
    private let whole: Range<Int>
    private let fraction: Range<Int>
    /// The text after `e`; empty without it.
    private let exponent: Range<Int>

    /// Finds the parts of a text; nil for one that is not a decimal number.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        func endOfDigits(from start: Int) -> Int {
            var end = start
            while unsafe end < text.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[end]) { end += 1 }
            return end
        }
        let isSigned = unsafe text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        unsafe self.text = text
        whole = (isSigned ? 1 : 0)..<endOfDigits(from: isSigned ? 1 : 0)
        var end = whole.upperBound
        if unsafe end < text.count && text[end] == UInt8(ascii: ".") { end += 1 }
        fraction = end..<endOfDigits(from: end)
        end = fraction.upperBound
        let hasExponent = unsafe end < text.count && text[end] | 0x20 == UInt8(ascii: "e")
        exponent = hasExponent ? end + 1..<text.count : end..<end
        guard digitCount > 0, hasExponent || end == text.count else { return nil }
    }

    var digitCount: Int { whole.count + fraction.count }
    var hasExponent: Bool { !exponent.isEmpty }

    /// A Boolean value that indicates whether there are zeros that another text of the same number does not have.
    var hasOuterZeros: Bool {
        unsafe whole.count > 1 && text[whole.lowerBound] == UInt8(ascii: "0")
            || fraction.count > 1 && text[fraction.upperBound - 1] == UInt8(ascii: "0")
    }

    /// A number that is written in one way only.
    struct Value: Equatable {
        /// From the first that is not 0 to the last that is not.
        var digits: [UInt8]
        /// The power of ten of the last digit.
        var exponent: Int
    }

    var value: Value {
        var digits = unsafe Array(text[whole]) + Array(text[fraction])
        // The exponent of a number that is not 0 and can be read is small.
        let power = unsafe Int(String(decoding: text[exponent], as: UTF8.self)) ?? 0
        var last = power.clamped(to: 1_000_000_000) - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            last += 1
        }
        digits.removeSubrange(..<(digits.firstIndex { $0 != UInt8(ascii: "0") } ?? digits.endIndex))
        return Value(digits: digits, exponent: digits.isEmpty ? 0 : last)
    }
}

extension Int {
    fileprivate func clamped(to limit: Int) -> Int { Swift.max(-limit, Swift.min(limit, self)) }
}
