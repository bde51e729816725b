/// The classes of bytes that the plain core distinguishes.
extension UInt8 {
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    var isLetterOrDigit: Bool { isLetter || self &- UInt8(ascii: "0") < 10 }

    /// A letter, a digit, `_` or `-`.
    var isWordByte: Bool {
        // `-` and the digits; `A` to `Z`, `_` and `a` to `z`, counted from `@`.
        let (low, high): (UInt64, UInt64) = (0x03FF_2000_0000_0000, 0x07FF_FFFE_87FF_FFFE)
        return self < 128 && (self < 64 ? low : high) &>> UInt64(self & 63) & 1 != 0
    }

    /// Returns whether plain text may start with this byte, because it is an indicator to no reader.
    func startsPlainText(before next: UInt8) -> Bool {
        if isLetterOrDigit || self >= 0x80 { return true }
        switch self {
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "("),
            UInt8(ascii: "~"), UInt8(ascii: "$"):
            return true
        case UInt8(ascii: "-"): return next.isLetterOrDigit
        default: return false
        }
    }

    /// TAB, LF, `#` and `:`.
    var isSpecialInPlainText: Bool {
        let special: UInt64 = 1 << 0x09 | 1 << 0x0A | 1 << 0x23 | 1 << 0x3A
        return self < 64 && special &>> UInt64(self) & 1 != 0
    }

    /// A Boolean value that indicates whether this byte is allowed between quotes and does not end a line.
    var isOrdinaryInQuotes: Bool { self >= 0x20 }

    var endsFlowText: Bool { self == UInt8(ascii: ",") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}") }

    var isOrdinaryInFlowText: Bool {
        isLetterOrDigit || self >= 0x80 || self.isFlowPunctuation
    }

    /// The byte that this byte means after a backslash, if that is one byte.
    var simpleEscape: UInt8? {
        switch self {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): self
        default: nil
        }
    }

    private var isFlowPunctuation: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
            UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}

extension UInt64 {
    /// The position of the first of eight bytes, from the lowest, that is special in plain text; 8 when there is none.
    var firstSpecialInPlainText: Int {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        // The top bit of each byte that is zero, and of some above the lowest of them.
        func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        let found =
            zeros(self ^ ones &* 0x09) | zeros(self ^ ones &* 0x0A) | zeros(self ^ ones &* 0x23)
            | zeros(self ^ ones &* 0x3A)
        return (found & tops).trailingZeroBitCount / 8
    }
}
