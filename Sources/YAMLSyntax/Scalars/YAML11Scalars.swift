/// The forms of numbers that YAML 1.1 has, and YAML 1.2 does not (https://yaml.org/type/int.html, float.html).
enum YAML11Number {
    /// Returns whether a plain scalar is a number with underscores, of base 2, of base 16 with a sign, or of base 60.
    static func matches(_ bytes: [UInt8]) -> Bool {
        let hasSign = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
        let digits = bytes.dropFirst(hasSign ? 1 : 0).filter { $0 != UInt8(ascii: "_") }
        if digits.starts(with: "0b".utf8) { return isWhole(digits.dropFirst(2)) { $0 == 0x30 || $0 == 0x31 } }
        if digits.starts(with: "0x".utf8) { return isWhole(digits.dropFirst(2), isHexadecimalDigit) }
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let last = parts.last, parts.dropLast().allSatisfy({ isWhole($0, isDigit) }) else { return false }
        if parts.count > 1 { return isDecimal(last, allowsExponent: false) }
        let hasUnderscore = digits.count + (hasSign ? 1 : 0) < bytes.count
        return hasUnderscore && isDecimal(last, allowsExponent: true)
    }

    /// Returns whether there is at least one digit, and nothing else.
    private static func isWhole(_ digits: ArraySlice<UInt8>, _ isDigit: (UInt8) -> Bool) -> Bool {
        !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    /// Returns whether digits have at most one point, and an exponent at most.
    private static func isDecimal(_ digits: ArraySlice<UInt8>, allowsExponent: Bool) -> Bool {
        let end = digits.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? digits.endIndex
        let mantissa = digits[..<end].filter { $0 != UInt8(ascii: ".") }
        guard isWhole(mantissa[...], isDigit), end - digits.startIndex - mantissa.count <= 1 else { return false }
        guard end < digits.endIndex else { return true }
        var exponent = digits[(end + 1)...]
        if exponent.first == UInt8(ascii: "-") || exponent.first == UInt8(ascii: "+") { exponent.removeFirst() }
        return allowsExponent && isWhole(exponent, isDigit)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}

/// The dates that YAML 1.1 has (https://yaml.org/type/timestamp.html).
enum YAML11Date {
    /// Returns whether a plain scalar is a date, perhaps with a time.
    static func matches(_ bytes: [UInt8]) -> Bool {
        let day = bytes.prefix { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: "t") && $0 != UInt8(ascii: " ") }
        let parts = day.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].count == 4 && parts.dropFirst().allSatisfy { (1...2).contains($0.count) }
            && parts.allSatisfy { $0.allSatisfy(YAML11Number.isDigit) }
    }
}
