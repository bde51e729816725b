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
        func look(at offset: Int) {
            guard unsafe mayStart(bytes, at: offset), offset >= found.last?.range.upperBound ?? 0,
                unsafe offset == 0 || !isInside(bytes[offset - 1]), let match = unsafe match(bytes, at: offset)
            else { return }
            found.append(match)
        }
        var offset = 0
        // A block is looked at together with the bytes that follow its own.
        while offset + ByteBlock.length < bytes.count {
            unsafe starts(in: bytes, from: offset).forEach { look(at: offset + $0) }
            offset += ByteBlock.length
        }
        for offset in offset..<bytes.count { look(at: offset) }
        return found
    }

    /// The bytes of a block at which ``mayStart(_:at:)`` holds, and few others.
    @inline(__always)
    private static func starts(in bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> ByteBlock.Selection {
        let (first, second) = unsafe (ByteBlock(bytes, at: offset), ByteBlock(bytes, at: offset + 1))
        return (first == "s" .& second == "k") .| first == "A" .| ((first == "x" .| first == "y") .& second == "a")
            .| (first == "g" .& second == "s") .| (first == "b" .& second == "e") .| (first == "e" .& second == "y")
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
            // Behind the padding of base64 a key is over, whatever follows.
            let isPadded = unsafe bytes[end - 1] == UInt8(ascii: "=")
            if unsafe !isPadded && end < bytes.count && isInside(bytes[end]) { continue }
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
