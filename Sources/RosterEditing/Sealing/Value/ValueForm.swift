import RosterBytes
import RosterModel

/// Recognizes text around a key that was copied along from a file, a shell or a page.
enum ValueForm {
    /// Returns the first fault of a text, and the text without everything that surrounds the key.
    static func examine(_ text: SecretText) -> (fault: ValueFault?, core: SecretText) {
        var (core, fault) = (text, ValueFault?.none)
        for _ in 0..<layerLimit {
            // Seen at each layer: `vault:…` has the look of a name and a value, too.
            // `os.environ["NAME"] = "key"` begins like a reference, but assigns a value.
            let isCode = core.firstRange(of: " = ") != nil && assignment(core) != nil
            if !isCode, ValueReference.isReference(core) { return (.reference, core) }
            guard let layer = mark(core) ?? quotes(core) ?? scheme(core) ?? assignment(core) else { break }
            fault = fault ?? layer.fault
            core = layer.core.trimmed
            if core.isEmpty { break }
        }
        return (fault, core)
    }

    /// More layers than a copied key has around it.
    private static let layerLimit = 8

    private typealias Layer = (fault: ValueFault, core: SecretText)

    // MARK: - Marks and quotes

    private static let invisible = [
        "\u{A0}", "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}",
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{202F}", "\u{2060}", "\u{2066}", "\u{2069}",
        "\u{3000}", "\u{FEFF}", "\u{85}",
    ]

    private static func mark(_ text: SecretText) -> Layer? {
        if text.hasPrefix("\u{FEFF}") { return (.byteOrderMark, text.dropFirst(3)) }
        // UTF-16, in either order.
        if text.count > 1, text[0] ^ text[1] == 1, min(text[0], text[1]) == 0xFE {
            return (.byteOrderMark, text.dropFirst(2))
        }
        for character in invisible {
            if text.hasPrefix(character) { return (.invisibleCharacter, text.dropFirst(character.utf8.count)) }
            if text.hasSuffix(character) { return (.invisibleCharacter, text.dropLast(character.utf8.count)) }
        }
        return nil
    }

    /// Quotes that are the same at both ends, some of them escaped as in other formats.
    private static let plainQuotes = [
        "\\\"", "\\'", "\"", "'", "`", "&quot;", "&#34;", "&#39;", "&apos;", "%22", "%27", "\\u0022", "\\u0027",
    ]
    private static let typographicQuotes = [
        "“", "”", "„", "‟", "‘", "’", "‚", "‛", "«", "»", "‹", "›", "＂", "＇", "「", "」", "『", "』", "〝", "〞", "〟",
        "´", "′", "″", "❝", "❞", "❛", "❜", "｢", "｣",
    ]
    /// Prefixes of quotes in some languages.
    private static let quotePrefixes = ["$", "b", "r", "u", "f", "@", "L"]

    private static func quotes(_ text: SecretText) -> Layer? {
        for quote in typographicQuotes {
            let length = quote.utf8.count
            let isFirst = text.hasPrefix(quote)
            guard isFirst || text.hasSuffix(quote) else { continue }
            return (.quotes, isFirst ? text.dropFirst(length) : text.dropLast(length))
        }
        if let inner = insidePlainQuotes(text) { return (.quotes, inner) }
        // `"key",` and `"key";` are lines of JSON and of code.
        if let last = text.last, ",;".utf8.contains(last), let inner = insidePlainQuotes(text.dropLast(1).trimmed) {
            return (.quotes, inner)
        }
        for prefix in quotePrefixes where text.hasPrefix(prefix) {
            if let inner = insidePlainQuotes(text.dropFirst(1)) { return (.quotes, inner) }
        }
        return oneQuote(text)
    }

    private static func insidePlainQuotes(_ text: SecretText) -> SecretText? {
        for quote in plainQuotes where text.hasPrefix(quote) && text.hasSuffix(quote) {
            let length = quote.utf8.count
            if text.count >= 2 * length { return text[length..<text.count - length] }
        }
        return nil
    }

    /// A quote at one end, the rest of it being of what keys are made of: one that was cut off.
    private static func oneQuote(_ text: SecretText) -> Layer? {
        guard text.count > 1 else { return nil }
        for quote in ["\"", "'", "`"] {
            let rest = text.hasPrefix(quote) ? text.dropFirst(1) : text.hasSuffix(quote) ? text.dropLast(1) : nil
            if let rest, rest.allSatisfy(SecretText.isKeyByte) { return (.quotes, rest) }
        }
        return nil
    }

    // MARK: - Authentication schemes

    private static let schemes = [
        "bearer", "basic", "digest", "token", "apikey", "api-key", "api_key", "key", "negotiate", "ntlm", "hawk",
        "oauth", "dpop", "bot", "jwt", "aws4-hmac-sha256", "sharedkey", "sharedaccesssignature", "googlelogin",
    ]
    /// Schemes that are also words with which a phrase may begin.
    private static let ordinaryWords = ["basic", "digest", "token", "key", "bot", "negotiate"]

    private static func scheme(_ text: SecretText) -> Layer? {
        for scheme in schemes where text.hasPrefix(scheme, ignoringCase: true) {
            let rest = text.dropFirst(scheme.utf8.count)
            if rest.isEmpty, scheme == "bearer" { return (.scheme, rest) }
            guard
                let blank = ["%20", "\u{A0}"].first(where: { rest.hasPrefix($0) }).map(\.utf8.count)
                    ?? rest.first.flatMap({ SecretText.isBlank($0) ? 1 : nil })
            else { continue }
            let core = rest.dropFirst(blank).trimmed
            guard !core.isEmpty,
                !ordinaryWords.contains(scheme) || !core.contains(where: SecretText.isBlank)
            else { continue }
            return (.scheme, core)
        }
        return nil
    }

    // MARK: - Names

    /// Words that precede the name in shells, programs and settings files.
    private static let declarators = [
        "export", "set", "setx", "setenv", "declare", "typeset", "local", "readonly", "env", "arg", "let", "const",
        "var", "val", "static", "final", "public", "private", "string", "def", "curl", "-x", "-gx", "-Ux", "-e",
        "--env", "--build-arg", "-H", "--header", "-", "$", "#", ">",
    ]
    private static let operators = ["::=", ":=", "+=", "?=", "=>", "->", "=", ":"]

    private static func assignment(_ text: SecretText) -> Layer? {
        var rest = text
        var isDeclared = false
        var isOption = false
        var isHeader = false
        for _ in 0..<layerLimit {
            guard let word = declarators.first(where: { isWord($0, of: rest) }) else { break }
            rest = rest.dropFirst(word.utf8.count).trimmed
            isDeclared = true
            isHeader = isHeader || word == "-H" || word == "--header"
        }
        if isDeclared, let inner = quotes(rest) { return (isHeader ? .header : .assignment, inner.core) }
        for prefix in ["$env:", "--", "-", "$", "/p:", "@"] where rest.hasPrefix(prefix, ignoringCase: true) {
            rest = rest.dropFirst(prefix.utf8.count)
            isDeclared = isDeclared || prefix == "$env:"
            isOption = true
            break
        }
        guard let (name, isQuoted, after) = name(rest) else { return nil }
        let tail = after.trimmed
        guard let sign = operators.first(where: { tail.hasPrefix($0) }) else {
            // `setenv NAME value` and `--api-key value`.
            let isBlank = after.first.map(SecretText.isBlank) ?? false
            guard isDeclared || isOption, isBlank, name.namesKey || name.isScreamingSnake, !tail.isEmpty else {
                return nil
            }
            return (.assignment, tail)
        }
        let core = tail.dropFirst(sign.utf8.count)
        guard isPlausible(name, isDeclared || isQuoted, sign, core) else { return nil }
        return (isHeader || sign == ":" && name.isHeader ? .header : .assignment, core)
    }

    private static func isWord(_ word: String, of text: SecretText) -> Bool {
        text.count > word.utf8.count + 1 && text.hasPrefix(word, ignoringCase: word.utf8.count > 2)
            && SecretText.isBlank(text[word.utf8.count])
    }

    /// The name at the start, which may be in quotes or in brackets, and what follows it.
    private static func name(_ text: SecretText) -> (VariableName, isQuoted: Bool, after: SecretText)? {
        for quote in ["\"", "'"] where text.hasPrefix(quote) {
            let inside = text.dropFirst(1)
            let length = inside.prefixLength { $0 != quote.utf8.first }
            guard length < inside.count, let name = VariableName(inside[0..<length]) else { return nil }
            return (name, true, inside.dropFirst(length + 1))
        }
        let length = text.prefixLength {
            SecretText.isNameByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard let name = VariableName(text[0..<length]) else { return nil }
        let after = text.dropFirst(length)
        // `os.environ["NAME"] = …`
        guard after.hasPrefix("["), let inner = self.name(after.dropFirst(1)), inner.isQuoted,
            inner.after.hasPrefix("]")
        else { return (name, false, after) }
        return (inner.0, true, inner.after.dropFirst(1))
    }

    /// Returns whether a name and the following text are an assignment, and not parts of one random key.
    private static func isPlausible(
        _ name: VariableName,
        _ isCertain: Bool,
        _ sign: String,
        _ core: SecretText
    ) -> Bool {
        // The padding of base64 is followed by nothing.
        guard core.contains(where: \.isASCIILetterOrDigit) else { return false }
        let isBlank = core.first.map(SecretText.isBlank) ?? false
        if sign == ":" {
            guard !core.hasPrefix("//") else { return false }
            if name.namesKey || isCertain { return true }
            let isOneLine = !core.contains(where: SecretText.isLineEnd)
            return isBlank && isOneLine && (name.isScreamingSnake || name.isPlainWords || name.isHeader)
        }
        if isCertain || name.namesKey || name.isScreamingSnake { return true }
        let inner = core.trimmed
        return name.isPlainWords
            && inner.allSatisfy { SecretText.isKeyByte($0) || "\"'`${}".utf8.contains($0) }
    }
}
