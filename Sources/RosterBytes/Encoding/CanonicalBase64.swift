/// Base64 (RFC 4648, section 4) in its canonical form, the only one that a repository may contain.
///
/// It has the standard alphabet, padding, no line breaks, and the spare bits of the last character clear, so that equal
/// bytes are equal texts.
package enum CanonicalBase64 {
    /// Returns the text of bytes.
    package static func encode(_ bytes: Span<UInt8>) -> String {
        let length = encodedLength(of: bytes.count)
        return unsafe String(unsafeUninitializedCapacity: length) { text in
            unsafe encode(bytes, into: text)
            return length
        }
    }

    /// Returns the length of the text for `byteCount` bytes.
    package static func encodedLength(of byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// Returns the bytes that `text` encodes, or nil when it is not canonical.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        unsafe text.withUnsafeBufferPointer { text in
            guard let length = unsafe decodedLength(ofCanonical: text) else { return nil }
            // The initializer would write to the storage that all empty arrays share.
            guard length > 0 else { return [] }
            return unsafe [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
                unsafe decode(canonical: text, into: bytes)
                count = length
            }
        }
    }

    /// Returns the number of bytes that `text` encodes, or nil when it is not canonical; does not decode or allocate.
    package static func decodedLength(ofCanonical text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count.isMultiple(of: 4) else { return nil }
        guard text.count > 0 else { return 0 }
        let padding = unsafe text[text.count - 1] != pad ? 0 : text[text.count - 2] != pad ? 1 : 2
        let digits = text.count - padding
        // The loop has no early exit, so that the compiler vectorizes it.
        var invalid: UInt8 = 0
        for index in 0..<digits { unsafe invalid |= isDigit(text[index]) ? 0 : 1 }
        guard invalid == 0 else { return nil }
        let spareBits: UInt8 = padding == 0 ? 0 : padding == 1 ? 0b11 : 0b1111
        guard unsafe value(text[digits - 1]) & spareBits == 0 else { return nil }
        return digits * 3 / 4
    }

    /// Returns the first 32 bytes that a text encodes, or nil when there are fewer.
    ///
    /// The text must be one that ``decodedLength(ofCanonical:)`` accepts.
    package static func first32Bytes(ofCanonical text: UnsafeBufferPointer<UInt8>) -> First32Bytes? {
        // 43 characters encode 258 bits; the padding to 44 follows at the least.
        guard text.count >= 44, unsafe text[42] != pad else { return nil }
        var first = First32Bytes()
        for word in 0..<4 { first.words[word] = unsafe bits(ofCanonical: text, from: 64 * word) }
        return first
    }

    /// The first 32 bytes of a longer text, to compare and to look up.
    package struct First32Bytes: Hashable, Sendable {
        fileprivate(set) package var words = SIMD4<UInt64>()
    }

    // MARK: - In allocated memory

    /// Writes the characters that ``encodedLength(of:)`` counts.
    ///
    /// Characters are computed, not looked up, so that access to a table does not depend on the bytes.
    package static func encode(_ bytes: Span<UInt8>, into text: UnsafeMutableBufferPointer<UInt8>) {
        var output = 0
        var input = 0
        while input < bytes.count {
            let left = min(3, bytes.count - input)
            var group = UInt32(bytes[input]) << 16
            if left > 1 { group |= UInt32(bytes[input + 1]) << 8 }
            if left > 2 { group |= UInt32(bytes[input + 2]) }
            unsafe text[output] = digit(UInt8(truncatingIfNeeded: group >> 18 & 63))
            unsafe text[output + 1] = digit(UInt8(truncatingIfNeeded: group >> 12 & 63))
            unsafe text[output + 2] = left > 1 ? digit(UInt8(truncatingIfNeeded: group >> 6 & 63)) : pad
            unsafe text[output + 3] = left > 2 ? digit(UInt8(truncatingIfNeeded: group & 63)) : pad
            output += 4
            input += 3
        }
    }

    /// Writes the bytes that ``decodedLength(ofCanonical:)`` counts.
    static func decode(
        canonical text: UnsafeBufferPointer<UInt8>,
        into bytes: UnsafeMutableBufferPointer<UInt8>
    ) {
        var held: UInt32 = 0
        var heldBits = 0
        var output = 0
        for index in 0..<text.count {
            guard unsafe text[index] != pad else { break }
            held = unsafe held << 6 | UInt32(value(text[index]))
            heldBits += 6
            if heldBits >= 8 {
                heldBits -= 8
                unsafe bytes[output] = UInt8(truncatingIfNeeded: held >> UInt32(heldBits))
                output += 1
            }
        }
    }

    // MARK: - Characters

    private static let pad = UInt8(ascii: "=")

    private static func bits(ofCanonical text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
        var bits: UInt64 = 0
        for index in start / 6...(start + 63) / 6 {
            let digit = unsafe UInt64(value(text[index]))
            let above = 6 * index + 6 - (start + 64)
            bits = above > 0 ? bits << UInt64(6 - above) | digit >> UInt64(above) : bits << 6 | digit
        }
        return bits
    }

    @inline(__always)
    private static func isDigit(_ character: UInt8) -> Bool {
        (character | 0x20) &- UInt8(ascii: "a") < 26 || character &- UInt8(ascii: "0") < 10
            || character == UInt8(ascii: "+") || character == UInt8(ascii: "/")
    }

    /// Returns the six bits of a character of the alphabet, without a branch on it.
    @inline(__always)
    private static func value(_ character: UInt8) -> UInt8 {
        let upper = character &- UInt8(ascii: "A")
        let lower = character &- UInt8(ascii: "a")
        let decimal = character &- UInt8(ascii: "0")
        return mask(upper < 26) & upper | mask(lower < 26) & (lower &+ 26) | mask(decimal < 10) & (decimal &+ 52)
            | mask(character == UInt8(ascii: "+")) & 62 | mask(character == UInt8(ascii: "/")) & 63
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        mask(value < 26) & (value &+ UInt8(ascii: "A"))
            | mask(value &- 26 < 26) & (value &- 26 &+ UInt8(ascii: "a"))
            | mask(value &- 52 < 10) & (value &- 52 &+ UInt8(ascii: "0"))
            | mask(value == 62) & UInt8(ascii: "+") | mask(value == 63) & UInt8(ascii: "/")
    }

    @inline(__always)
    private static func mask(_ condition: Bool) -> UInt8 { condition ? 0xFF : 0 }
}
