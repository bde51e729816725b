extension UInt8 {
    /// `A-Z`, `a-z` or `0-9`.
    @inlinable public var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

    /// `A-Z` or `a-z`.
    @inlinable public var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    /// `0-9`.
    @inlinable public var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// `a-z` or `0-9`.
    @inlinable public var isASCIILowercaseLetterOrDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
    }

    /// `0-9` or `a-f`.
    @inlinable public var isLowercaseHexDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }

    /// `0-9`, `a-f` or `A-F`.
    @inlinable public var isHexDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
    }

    /// The value of a hex digit in either case, or nil for any other byte.
    @inlinable public var hexDigitValue: UInt8? {
        guard isHexDigit else { return nil }
        // The low four bits of a letter count from 1 at `a`.
        return isASCIIDigit ? self & 0x0F : (self & 0x0F) + 9
    }

    /// Printable, LF or TAB.
    var isPlainText: Bool { self >= 0x20 && self < 0x7F || self == 0x0A || self == 0x09 }

    /// The letter in lower case; any other byte as it is.
    @inlinable public var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}

extension UInt64 {
    /// A Boolean value that indicates whether each of the eight bytes is `A-Z`, `a-z` or `0-9`.
    @inlinable public var holdsASCIILettersAndDigits: Bool {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        guard self & tops == 0 else { return false }
        // Adding 0x80 - first sets the top bit of a byte at or above `first`; adding 0x7F - last sets it above `last`.
        func bytes(of word: UInt64, from first: UInt8, through last: UInt8) -> UInt64 {
            (word &+ ones &* UInt64(0x80 - first)) & ~(word &+ ones &* UInt64(0x7F - last))
        }
        let digits = bytes(of: self, from: UInt8(ascii: "0"), through: UInt8(ascii: "9"))
        let letters = bytes(of: self | ones &* 0x20, from: UInt8(ascii: "a"), through: UInt8(ascii: "z"))
        return (digits | letters) & tops == tops
    }
}
