import RosterBytes
import RosterDiagnostics

/// Escapes text from files for a comment.
///
/// Everything but plain words is in a code span, where no Markdown parser recognizes links, HTML or emphasis, and hosts
/// do not link `@name` or `#12`. The two characters that could end a span, or a table cell around it, are escaped like
/// invisible characters.
enum MarkdownText {
    /// The maximum number of characters of one value.
    private static let valueLimit = 200
    /// The maximum number of characters of a value that are examined.
    private static let inputLimit = 4_000
    /// The number of leading characters of a long word that are kept in a cell.
    private static let startLength = 14
    /// The number of characters of a URL's path that are kept in a cell.
    private static let pathLimit = 12

    /// Returns a value as code.
    ///
    /// - Parameters:
    ///   - text: the value.
    ///   - limit: the number of characters after which it is cut off.
    ///   - wordLimit: the number of characters after which the middle of a word is left out, so that no cell of a table
    ///     becomes wider than a page.
    /// - Returns: one code span.
    static func code(_ text: String, limit: Int = valueLimit, wordLimit: Int = .max) -> String {
        var printable = PrintableText.escape(text.prefixOfScalars(inputLimit))
        if wordLimit < printable.utf8.count {
            printable = printable.split(separator: " ", omittingEmptySubsequences: false)
                .map { shortened($0, to: wordLimit) }.joined(separator: " ")
        }
        var span = ""
        var count = 0
        for scalar in printable.unicodeScalars {
            guard count < limit else {
                span += "…"
                break
            }
            count += 1
            switch scalar {
            case "`": span += "\\u{60}"
            case "|": span += "\\u{7c}"
            default: span.unicodeScalars.append(scalar)
            }
        }
        // A Markdown parser removes one blank from each end, if there is one at both.
        if span.hasPrefix(" ") || span.hasSuffix(" ") { span = " \(span) " }
        return span.isEmpty ? "(empty)" : "`\(span)`"
    }

    /// Returns a sentence in which values from files may be.
    ///
    /// - Parameters:
    ///   - text: the sentence.
    ///   - limit: the number of characters after which it is cut off.
    ///   - wordLimit: the number of characters after which the middle of a word is left out.
    ///   - showsNames: whether handles and hosts are plain too, as far as no host makes a link of them.
    /// - Returns: plain words, and code spans for everything else.
    static func sentence(
        _ text: String,
        limit: Int = .max,
        wordLimit: Int = .max,
        showsNames: Bool = false
    ) -> String {
        let isCut = text.utf8.count > limit && text.unicodeScalars.count > limit
        let text = isCut ? text.prefixOfScalars(limit) + "…" : text
        return text.split(separator: " ").map { word in
            if isPlain(word) { return String(word) }
            // A comma after a value is not part of it.
            let isEnded = word.utf8.count > 1 && (word.hasSuffix(",") || word.hasSuffix(":") || word.hasSuffix(";"))
            let value = isEnded ? word.dropLast() : word
            if showsNames, isName(value) { return String(word) }
            return code(String(value), wordLimit: wordLimit) + word[value.endIndex...]
        }.joined(separator: " ")
    }

    /// Returns a handle or a host unchanged if no host links it, and everything else as code.
    static func name(_ text: String) -> String { isName(text[...]) ? text : code(text) }

    /// Returns a link around a code span; only the span without a URL.
    static func link(_ span: String, to url: String?) -> String { url.map { "[\(span)](\($0))" } ?? span }

    /// Returns a word without its middle if it is too long: the end of a host's name identifies its owner.
    private static func shortened(_ word: Substring, to limit: Int) -> String {
        guard word.utf8.count > limit, word.unicodeScalars.count > limit else { return String(word) }
        if let scheme = word.firstRange(of: "://"), let slash = word[scheme.upperBound...].firstIndex(of: "/") {
            return withoutMiddle(word[..<slash], limit, startLength) + withoutMiddle(word[slash...], pathLimit, 4)
        }
        return withoutMiddle(word, limit, startLength)
    }

    private static func withoutMiddle(_ word: Substring, _ limit: Int, _ start: Int) -> String {
        let scalars = word.unicodeScalars
        guard scalars.count > limit else { return String(word) }
        var result = String.UnicodeScalarView(scalars.prefix(start))
        result.append("…")
        result.append(contentsOf: scalars.suffix(limit - start - 1))
        return String(result)
    }

    /// Returns whether a word is a handle or a host that no Markdown parser links: not `www.example.com`, the id of a
    /// commit or `gh-12`.
    private static func isName(_ word: Substring) -> Bool {
        let slashes = word.utf8.count { $0 == UInt8(ascii: "/") }
        let dots = word.utf8.count { $0 == UInt8(ascii: ".") }
        guard slashes + dots > 0, slashes <= 1, slashes == 0 || dots == 0, word.utf8.count <= 200 else { return false }
        let parts = word.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." }
        guard parts.first != "www", let last = parts.last?.utf8 else { return false }
        // The name of a host ends with letters.
        guard slashes == 1 || last.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return false }
        return parts.allSatisfy { part in
            guard part.first != "-", part.last != "-", !part.hasPrefix("gh-") else { return false }
            return part.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
                && part.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
                && part.split(separator: "-").allSatisfy { !couldBeCommit($0) }
        }
    }

    /// Returns whether a word could be the start of a commit's id.
    private static func couldBeCommit(_ word: Substring) -> Bool {
        word.utf8.count >= 7
            && word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66 }
    }

    /// Returns whether a word consists of letters, or is a short number, before a trailing comma, colon or semicolon.
    private static func isPlain(_ word: Substring) -> Bool {
        let bare = word.hasSuffix(",") || word.hasSuffix(":") || word.hasSuffix(";") ? word.dropLast() : word
        let bytes = bare.utf8
        if bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return bytes.count <= 6 }
        guard bytes.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x27 }) else { return false }
        return !couldBeCommit(bare)
    }
}

extension String {
    /// Returns the first scalars of the text.
    func prefixOfScalars(_ count: Int) -> String {
        utf8.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}
