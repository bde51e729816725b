/// The id that git gives the contents of a file in a repository with SHA-1.
///
/// The id identifies contents; it protects nothing. See gitformat-hash(5) in git's documentation, and FIPS 180-4 for the
/// algorithm.
enum BlobID {
    /// Returns the id of a file's bytes, in lower-case hex.
    static func sha1(of bytes: [UInt8]) -> String {
        var hash = SHA1()
        var text = Array("blob \(bytes.count)\u{0}".utf8)
        text.reserveCapacity(text.count + bytes.count + 72)
        text += bytes
        return hash.finish(&text)
    }

    /// Returns a Boolean value that indicates whether an id is one of SHA-1.
    static func isSHA1(_ id: String) -> Bool { id.utf8.count == 40 }
}

/// The state of a computation of SHA-1.
private struct SHA1 {
    private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
        0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0
    )

    /// Pads a message, and returns its digest in lower-case hex.
    mutating func finish(_ message: inout [UInt8]) -> String {
        let bitCount = UInt64(message.count) * 8
        message.append(0x80)
        while message.count % 64 != 56 { message.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
        }
        for start in stride(from: 0, to: message.count, by: 64) { update(message.span.extracting(start..<start + 64)) }
        let words = [state.0, state.1, state.2, state.3, state.4]
        let digits = Array("0123456789abcdef".utf8)
        let hex = words.flatMap { word in
            stride(from: 28, through: 0, by: -4).map { digits[Int(word >> UInt32($0) & 0xF)] }
        }
        return String(decoding: hex, as: UTF8.self)
    }

    private mutating func update(_ block: Span<UInt8>) {
        var words = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<16 {
            let (high, low) = (
                UInt32(block[4 * index]) << 8 | UInt32(block[4 * index + 1]),
                UInt32(block[4 * index + 2]) << 8 | UInt32(block[4 * index + 3])
            )
            words[index] = high << 16 | low
        }
        for index in 16..<80 {
            words[index] = (words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]).rotated(1)
        }
        var (a, b, c, d, e) = state
        for index in 0..<80 {
            let (choice, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: ((b & c) | (~b & d), 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = a.rotated(5) &+ choice &+ e &+ constant &+ words[index]
            (a, b, c, d, e) = (next, a, b.rotated(30), c, d)
        }
        state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
    }
}

extension UInt32 {
    /// Returns the bits, rotated to the left.
    fileprivate func rotated(_ count: UInt32) -> UInt32 { self << count | self >> (32 - count) }
}
