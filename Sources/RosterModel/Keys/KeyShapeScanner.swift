import RosterBytes

/// Finds texts that have the shape of a key.
///
/// A shape is alone: no letter, digit or `_ - + /` precedes or follows it. A placeholder, such as `sk-…` or one
/// repeated character, is not a key. `Bearer` and the password of a URL are found by what surrounds them.
public enum KeyShapeScanner {
    /// A key and its position.
    public struct Match: Sendable, Hashable {
        /// The kind of key.
        public var shape: KeyShape
        /// Offsets into the bytes that were searched.
        public var range: Range<Int>
    }

    /// Returns every key in `text`, from first to last.
    public static func matches(in text: String) -> [Match] {
        var text = text
        return text.withUTF8 { unsafe matches(in: $0) }
    }

    /// Returns every key in `bytes`, from first to last.
    package static func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
        var found: [Match] = []
        // Few files have an `@`, and a URL with a password always has one.
        var hasAt = false
        func look(at offset: Int) {
            if unsafe bytes[offset] == UInt8(ascii: "@") { hasAt = true }
            guard unsafe mayStart(bytes, at: offset), offset >= found.last?.range.upperBound ?? 0,
                unsafe offset == 0 || !isInside(bytes[offset - 1]), let match = unsafe match(bytes, at: offset)
            else { return }
            found.append(match)
        }
        var offset = 0
        // A block is compared together with the bytes one position later.
        while offset + ByteBlock.length < bytes.count {
            unsafe starts(in: bytes, from: offset).forEach { look(at: offset + $0) }
            offset += ByteBlock.length
        }
        for offset in offset..<bytes.count { look(at: offset) }
        return hasAt ? unsafe adding(URLPasswordSearch.matches(in: bytes), to: found) : found
    }

    /// Merges the passwords of URLs with other matches, of which those inside a password are left out.
    private static func adding(_ passwords: [Match], to found: [Match]) -> [Match] {
        guard !passwords.isEmpty else { return found }
        var result: [Match] = []
        var next = 0
        for match in found {
            while next < passwords.count, passwords[next].range.lowerBound <= match.range.lowerBound {
                result.append(passwords[next])
                next += 1
            }
            if match.range.lowerBound >= result.last?.range.upperBound ?? 0 { result.append(match) }
        }
        for password in passwords[next...] where password.range.lowerBound >= result.last?.range.upperBound ?? 0 {
            result.append(password)
        }
        return result
    }

    /// The bytes of a block at which ``mayStart(_:at:)`` holds, and few others.
    @inline(__always)
    private static func starts(in bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> ByteBlock.Selection {
        let (first, second) = unsafe (ByteBlock(bytes, at: offset), ByteBlock(bytes, at: offset + 1))
        return (first == "s" .& second == "k") .| first == "A" .| ((first == "x" .| first == "y") .& second == "a")
            .| (first == "g" .& second == "s") .| ((first == "b" .| first == "B") .& (second == "e" .| second == "E"))
            .| (first == "e" .& second == "y") .| (first == "h" .& second == "f") .| (first == "f" .& second == "w")
            .| (first == "p" .& second == "p") .| (first == "t" .& second == "g") .| first == "@"
    }

    /// Returns whether a byte is not allowed next to a key: a letter, a digit or one of `_ - + /`.
    private static func isInside(_ byte: UInt8) -> Bool {
        // `+`, `-`, `/` and the digits; `A` to `Z`, `_` and `a` to `z`, counted from `@`.
        let low: UInt64 = 0x03FF_A800_0000_0000
        let high: UInt64 = 0x07FF_FFFE_87FF_FFFE
        return byte < 64 ? low &>> UInt64(byte) & 1 != 0 : byte < 128 && high &>> UInt64(byte & 63) & 1 != 0
    }

    /// Returns a Boolean value that indicates whether the first bytes are those of any form; few words have them.
    private static func mayStart(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard offset + 2 < bytes.count else { return false }
        let (next, third) = unsafe (bytes[offset + 1], bytes[offset + 2])
        switch unsafe bytes[offset] {
        case UInt8(ascii: "s"): return next == UInt8(ascii: "k")
        case UInt8(ascii: "A"): return "IQBKSC".utf8.contains(next)
        case UInt8(ascii: "x"), UInt8(ascii: "y"): return next == UInt8(ascii: "a")
        case UInt8(ascii: "g"): return next == UInt8(ascii: "s")
        case UInt8(ascii: "b"), UInt8(ascii: "B"):
            return next | 0x20 == UInt8(ascii: "e") && (third | 0x20 == UInt8(ascii: "a") || third == UInt8(ascii: "d"))
        case UInt8(ascii: "e"): return next == UInt8(ascii: "y")
        case UInt8(ascii: "h"): return next == UInt8(ascii: "f") && third == UInt8(ascii: "_")
        case UInt8(ascii: "f"): return next == UInt8(ascii: "w") && third == UInt8(ascii: "_")
        case UInt8(ascii: "p"): return next == UInt8(ascii: "p") && third == UInt8(ascii: "l")
        case UInt8(ascii: "t"): return next == UInt8(ascii: "g") && third == UInt8(ascii: "p")
        default: return false
        }
    }

    private static func match(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Match? {
        let rest = unsafe UnsafeBufferPointer(rebasing: bytes[start...])
        for form in unsafe forms[Int(bytes[start] & 0x7F)] where unsafe form.prefix.isPrefix(of: rest) {
            guard let length = unsafe form.length(in: rest) else { continue }
            let end = start + length
            // A key ends after the padding of base64.
            let isPadded = unsafe bytes[end - 1] == UInt8(ascii: "=")
            if unsafe !isPadded && end < bytes.count && isInside(bytes[end]) { continue }
            return Match(shape: form.shape, range: start..<end)
        }
        guard unsafe bytes[start] | 0x20 == UInt8(ascii: "b") else { return nil }
        return unsafe BearerToken.match(bytes, at: start)
    }

    /// The forms by the first byte of their prefix.
    private static let forms: [[KeyForm]] = (UInt8(0)..<0x80).map { byte in
        allForms.filter { unsafe $0.prefix.utf8Start[0] == byte }
    }

    /// Most specific first.
    private static let allForms: [KeyForm] =
        [
            KeyForm(.anthropic, "sk-ant-api03-", .urlSafe, 16...),
            KeyForm(.anthropic, "sk-ant-admin01-", .urlSafe, 16...),
            KeyForm(.openRouter, "sk-or-v1-", .hex, 64...64),
            KeyForm(.openai, "sk-proj-", .urlSafe, 16...),
            KeyForm(.openai, "sk-svcacct-", .urlSafe, 16...),
            KeyForm(.openai, "sk-admin-", .urlSafe, 16...),
            KeyForm(.langfuse, "sk-lf-", .uuid, 36...36),
            KeyForm(.liteLLM, "sk-litellm-", .urlSafe, 16...),
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
            KeyForm(.huggingFace, "hf_", .alphanumeric, 34...34),
            KeyForm(.fireworks, "fw_", .alphanumeric, 20...),
            KeyForm(.perplexity, "pplx-", .alphanumeric, 40...),
            KeyForm(.together, "tgp_v1_", .urlSafe, 40...),
        ]
}
