/// A number of 128 bits that is written as 32 lower-case hexadecimal digits.
package struct Hex128: Hashable, Sendable, Comparable {
    private let high: UInt64
    private let low: UInt64

    /// The number of digits.
    package static let length = 32

    /// Parses 32 lower-case digits; returns nil for anything else.
    package init?(_ digits: Span<UInt8>) {
        guard digits.count == Self.length, let high = Self.word(digits, from: 0), let low = Self.word(digits, from: 16)
        else { return nil }
        (self.high, self.low) = (high, low)
    }

    /// Reads 16 bytes of `bytes`, beginning at `offset`.
    package init(bytes: [UInt8], at offset: Int) {
        high = bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[offset + 8..<offset + 16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func word(_ digits: Span<UInt8>, from start: Int) -> UInt64? {
        var word: UInt64 = 0
        for index in start..<start + 16 {
            guard digits[index].isLowercaseHexDigit, let value = digits[index].hexDigitValue else { return nil }
            word = word << 4 | UInt64(value)
        }
        return word
    }

    /// Returns the digits after a prefix.
    package func text(after prefix: StaticString = "") -> String {
        let prefixLength = prefix.utf8CodeUnitCount
        return unsafe String(unsafeUninitializedCapacity: prefixLength + Self.length) { text in
            for index in 0..<prefixLength { unsafe text[index] = prefix.utf8Start[index] }
            for index in 0..<Self.length {
                let word = index < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4) & 0xF)
                unsafe text[prefixLength + index] = LowerHex.digit(digit)
            }
            return prefixLength + Self.length
        }
    }

    /// Returns the bits that differ; zero for equal numbers.
    ///
    /// The time that this takes does not depend on the numbers.
    package func difference(from other: Hex128) -> UInt64 { (high ^ other.high) | (low ^ other.low) }

    package static func < (one: Hex128, other: Hex128) -> Bool { (one.high, one.low) < (other.high, other.low) }
}
