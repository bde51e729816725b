/// Finds texts that have the shape of a key.
///
/// A shape stands alone: no letter, digit or `_ - + /` before or after it. What is plainly a placeholder, such as
/// `sk-…` or one character over and over, is no key.
public enum KeyShapeScanner {
    /// A key and where it stands.
    public struct Match: Sendable, Hashable {
        /// The kind of key.
        public var shape: KeyShape
        /// Offsets into the bytes that were searched.
        public var range: Range<Int>
    }

    /// Every key in `text`, from first to last.
    public static func matches(in text: String) -> [Match] {
        var text = text
        return text.withUTF8 { unsafe matches(in: $0) }
    }

    /// Every key in `bytes`, from first to last.
    package static func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
        var found: [Match] = []
        var offset = 0
        while offset < bytes.count {
            // Nearly all of a file is passed over here.
            if unsafe offset + 17 <= bytes.count && !mayHoldStart(bytes, from: offset) {
                offset += 16
                continue
            }
            let end = min(offset + 16, bytes.count)
            while offset < end {
                let isWordStart = unsafe mayStart(bytes, at: offset) && (offset == 0 || !isInside(bytes[offset - 1]))
                if isWordStart, let match = unsafe match(bytes, at: offset) {
                    found.append(match)
                    offset = match.range.upperBound
                } else {
                    offset += 1
                }
            }
        }
        return found
    }

    /// Whether the first two bytes of any form stand somewhere in the 16 bytes from an offset, and the one behind them.
    private static func mayHoldStart(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        let first = unsafe raw.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        let second = unsafe raw.loadUnaligned(fromByteOffset: offset + 1, as: SIMD16<UInt8>.self)
        func isFirst(_ byte: Unicode.Scalar) -> SIMDMask<SIMD16<Int8>> {
            first .== SIMD16(repeating: UInt8(ascii: byte))
        }
        func isSecond(_ byte: Unicode.Scalar) -> SIMDMask<SIMD16<Int8>> {
            second .== SIMD16(repeating: UInt8(ascii: byte))
        }
        let behindA =
            (isSecond("I") .| isSecond("Q") .| isSecond("B")) .| (isSecond("K") .| isSecond("S") .| isSecond("C"))
        let starts =
            (isFirst("s") .& isSecond("k")) .| (isFirst("A") .& behindA)
            .| ((isFirst("x") .| isFirst("y")) .& isSecond("a"))
            .| (isFirst("g") .& isSecond("s")) .| (isFirst("b") .& isSecond("e")) .| (isFirst("e") .& isSecond("y"))
        return any(starts)
    }

    /// Whether a byte may not stand before or after a key: a letter, a digit or one of `_ - + /`.
    private static func isInside(_ byte: UInt8) -> Bool {
        // `+`, `-`, `/` and the digits; `A` to `Z`, `_` and `a` to `z`, counted from `@`.
        let low: UInt64 = 0x03FF_A800_0000_0000
        let high: UInt64 = 0x07FF_FFFE_87FF_FFFE
        return byte < 64 ? low &>> UInt64(byte) & 1 != 0 : byte < 128 && high &>> UInt64(byte & 63) & 1 != 0
    }

    /// Whether the first two bytes are those of any form: few words get past this.
    private static func mayStart(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard offset + 1 < bytes.count else { return false }
        let next = unsafe bytes[offset + 1]
        switch unsafe bytes[offset] {
        case UInt8(ascii: "s"): return next == UInt8(ascii: "k")
        case UInt8(ascii: "A"): return "IQBKSC".utf8.contains(next)
        case UInt8(ascii: "x"), UInt8(ascii: "y"): return next == UInt8(ascii: "a")
        case UInt8(ascii: "g"): return next == UInt8(ascii: "s")
        case UInt8(ascii: "b"): return next == UInt8(ascii: "e")
        case UInt8(ascii: "e"): return next == UInt8(ascii: "y")
        default: return false
        }
    }

    private static func match(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Match? {
        let rest = unsafe UnsafeBufferPointer(rebasing: bytes[start...])
        for form in forms where unsafe form.prefix.isPrefix(of: rest) {
            guard let length = unsafe form.length(in: rest) else { continue }
            let end = start + length
            if unsafe end < bytes.count && isInside(bytes[end]) { continue }
            return Match(shape: form.shape, range: start..<end)
        }
        return nil
    }

    /// Most specific first.
    private static let forms: [KeyForm] =
        [
            KeyForm(.anthropic, "sk-ant-api03-", .urlSafe, 16...),
            KeyForm(.anthropic, "sk-ant-admin01-", .urlSafe, 16...),
            KeyForm(.openRouter, "sk-or-v1-", .hex, 64...64),
            KeyForm(.openai, "sk-proj-", .urlSafe, 16...),
            KeyForm(.openai, "sk-svcacct-", .urlSafe, 16...),
            KeyForm(.openai, "sk-admin-", .urlSafe, 16...),
            KeyForm(.openai, "sk-", .openAIClassic, 48...48),
            KeyForm(.google, "AIza", .urlSafe, 35...35),
            KeyForm(.google, "AQ.", .urlSafe, 20...),
            KeyForm(.xai, "xai-", .alphanumeric, 80...80),
            KeyForm(.groq, "gsk_", .alphanumeric, 48...52),
            KeyForm(.bedrock, "ABSK", .base64, 109...),
            KeyForm(.bedrock, "bedrock-api-key-", .base64, 20...),
            KeyForm(.awsAccessKeyID, "AKIA", .upperAlphanumeric, 16...16),
            KeyForm(.awsAccessKeyID, "ASIA", .upperAlphanumeric, 16...16),
            KeyForm(.awsAccessKeyID, "ABIA", .upperAlphanumeric, 16...16),
            KeyForm(.awsAccessKeyID, "ACCA", .upperAlphanumeric, 16...16),
            KeyForm(.jsonWebToken, "eyJ", .jsonWebToken, 30...),
            KeyForm(.googleAccessToken, "ya29.", .urlSafe, 20...),
            KeyForm(.rosterToken, "sk_", .urlSafe, 43...43),
        ]
}
