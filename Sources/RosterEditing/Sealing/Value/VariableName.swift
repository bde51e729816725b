import RosterBytes
import RosterModel

/// The name of a variable or a setting that precedes a value.
///
/// A random key may hold `=` as well. So a name is only taken for one when it is made of words.
struct VariableName {
    private let text: SecretText
    /// The words without digits at their ends: `openaiApiKey2` has `openai`, `Api` and `Key`.
    private let words: [SecretText]

    /// Takes a text of letters, digits and `_ - .` that begins with a letter or `_`.
    init?(_ text: SecretText) {
        guard let first = text.first, first.isASCIILetter || first == UInt8(ascii: "_"), text.count <= 128,
            text.allSatisfy({ SecretText.isNameByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        else { return nil }
        var words: [SecretText] = []
        var start = 0
        func end(at offset: Int) {
            var end = offset
            while end > start, text[end - 1].isASCIIDigit { end -= 1 }
            if end > start { words.append(text[start..<end]) }
        }
        for offset in 0..<text.count {
            if !text[offset].isASCIILetterOrDigit {
                end(at: offset)
                start = offset + 1
            } else if Self.isUpper(text[offset]), offset > start, !Self.isUpper(text[offset - 1]) {
                end(at: offset)
                start = offset
            }
        }
        end(at: text.count)
        self.text = text
        self.words = words
    }

    /// A Boolean value that indicates whether it names a key, as `OPENAI_API_KEY`, `apiKey`, `x-api-key` and `aws_access_key_id` do.
    var namesKey: Bool {
        words.suffix(2).contains { word in Self.keyWords.contains { word.equals($0, ignoringCase: true) } }
            || words.last.map { word in Self.endings.contains { word.hasSuffix($0, ignoringCase: true) } } ?? false
    }

    /// A Boolean value that indicates whether it has the form of environment variables, with at least two words.
    var isScreamingSnake: Bool {
        words.count > 1 && text.contains(where: { $0 == UInt8(ascii: "_") })
            && text.allSatisfy { SecretText.isNameByte($0) && $0 == $0.asciiUppercased }
    }

    /// A Boolean value that indicates whether it consists of letters of one case, or of such words joined by `_`.
    ///
    /// Chance makes such names only of a few letters.
    var isPlainWords: Bool {
        if Self.vendors.contains(where: { text.equals($0, ignoringCase: true) }) { return true }
        let isLower = text.allSatisfy { $0.isASCIILetter && !Self.isUpper($0) || $0 == UInt8(ascii: "_") }
        if words.count > 1 { return isLower }
        return text.allSatisfy(Self.isUpper) && (2...12).contains(text.count)
            || isLower && (3...8).contains(text.count)
    }

    /// A Boolean value that indicates whether it is the name of a header.
    var isHeader: Bool {
        text.contains(where: { $0 == UInt8(ascii: "-") })
            || ["authorization", "cookie"].contains { text.equals($0, ignoringCase: true) }
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte.asciiLowercased != byte }

    private static let keyWords = [
        "key", "apikey", "token", "secret", "password", "passwd", "passphrase", "pass", "pwd", "pw", "credential",
        "credentials", "auth", "authorization", "authentication", "bearer", "cookie", "pat", "jwt", "signature",
    ]
    private static let endings = ["apikey", "token", "secret", "password", "accesskey", "secretkey", "authkey"]
    private static let vendors = [
        "openai", "anthropic", "openrouter", "google", "gemini", "mistral", "deepseek", "perplexity", "bedrock",
    ]
}

extension UInt8 {
    fileprivate var asciiUppercased: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self & ~0x20 : self
    }
}
