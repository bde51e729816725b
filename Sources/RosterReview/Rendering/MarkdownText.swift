import RosterDiagnostics

/// Text from files, made harmless in a comment.
///
/// What is not plainly a word stands in a code span: there no reader of Markdown sees links, HTML or emphasis, and hosts
/// make no mention of `@name` or `#12`. The two characters that could end a span, or a cell of a table around it, are
/// written like those that cannot be seen.
enum MarkdownText {
    /// More characters than this of one value are cut off.
    private static let valueLimit = 200

    /// A value, as code.
    static func code(_ text: String) -> String {
        var span = ""
        var count = 0
        for scalar in PrintableText.escape(text).unicodeScalars {
            guard count < valueLimit else {
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
        // A reader takes one blank off each end, where there is one at both.
        if span.hasPrefix(" ") || span.hasSuffix(" ") { span = " \(span) " }
        return span.isEmpty ? "(empty)" : "`\(span)`"
    }

    /// A sentence in which values from files may be, cut off after so many characters.
    static func sentence(_ text: String, limit: Int = .max) -> String {
        let isCut = text.utf8.count > limit && text.unicodeScalars.count > limit
        let text = isCut ? text.prefixOfScalars(limit) + "…" : text
        return text.split(separator: " ").map { isPlain($0) ? String($0) : code(String($0)) }.joined(separator: " ")
    }

    /// Letters, or digits, and what ends a word.
    private static func isPlain(_ word: Substring) -> Bool {
        let bare = word.hasSuffix(",") || word.hasSuffix(":") || word.hasSuffix(";") ? word.dropLast() : word
        let bytes = bare.utf8
        if bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return bytes.count <= 6 }
        guard bytes.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x27 }) else { return false }
        // Seven letters of a to f could be the start of a commit's id.
        return bytes.count < 7 || !bytes.allSatisfy { $0 | 0x20 <= 0x66 }
    }
}
