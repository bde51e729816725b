import RosterBytes
import RosterModel
import YAMLSyntax

extension YAMLSyntaxRule {
    /// The message of a mistake, and the line that corrects it.
    typealias Words = (message: String, help: String?)

    /// Reports a mistake at the byte that is wrong.
    static func report(
        _ mistake: YAMLMistake,
        at span: ByteSpan,
        in tree: borrowing YAMLTree,
        hiding mask: KeyMask,
        shape: RecordShape,
        _ findings: inout Findings
    ) {
        let line = CorrectedLine(at: Int(span.start), of: tree.source, hiding: mask)
        let (message, help) = words(for: mistake, at: span, line, shape)
        findings.report(Self.self, at: span, message, help: help)
    }

    /// Reports a merge conflict.
    static func report(_ conflict: YAMLConflict, in tree: borrowing YAMLTree, path: String, _ findings: inout Findings)
    {
        let start = CorrectedLine.number(ofLineAt: Int(conflict.start.start), in: tree.source)
        let end = CorrectedLine.number(ofLineAt: Int(conflict.end.start), in: tree.source)
        findings.report(
            Self.self,
            at: conflict.start,
            "unresolved merge conflict in lines \(start) to \(end)",
            help: "keep one side and delete the other and the lines of <<<<<<<, ======= and >>>>>>>; for the whole "
                + "file: git checkout --ours -- \(path) takes the sides above =======, --theirs those below; "
                + "git merge --abort gives up a merge, git rebase --abort a rebase"
        )
    }

    /// Reports a key with a leading sign of a diff.
    static func reportDiff(at start: UInt32, _ findings: inout Findings) {
        findings.report(Self.self, at: ByteSpan(start: start, end: start + 1), diffMessage, help: diffHelp)
    }

    private static func words(
        for mistake: YAMLMistake,
        at span: ByteSpan,
        _ line: CorrectedLine,
        _ shape: RecordShape
    ) -> Words {
        switch mistake {
        case .indentation(let indentation): words(for: indentation, line)
        case .tabIndentation: wordsForTab(line, shape)
        case .textNotIndented(let key):
            (
                "the text of \(quoted(line.text(key.range))) must be indented by two spaces more than its key",
                "put two more spaces at the start of each line of the text"
            )
        case .colonInValue(let value): wordsForColon(at: span, value, line, shape)
        case .indicatorStartsValue(let value): wordsForIndicator(value, line)
        case .textAfterValue(let value): words(forTextAfter: value, at: span, line)
        case .unknownEscape(let value):
            (
                "\"\(escape(at: span, line))\" is not an escape in double quotes",
                line.replacing(value.range, with: inSingleQuotes(line.text(value.range)))
                    .map { "in single quotes a backslash is a backslash: \($0)" }
            )
        case .unclosedQuote: wordsForQuote(at: span, line)
        case .unclosedBracket: wordsForBracket(at: span, line)
        case .missingComma:
            (
                "a \",\" is missing between two entries",
                line.replacing(span.range, with: line.text(span.range).replacing(" ", with: "") + ", ")
                    .map { "write \($0.last == " " ? $0.dropLast() : $0[...])" }
            )
        case .textAfterDocument:
            ("the file continues after the end of its value", "a file holds one record; delete what follows")
        default: wordsForLine(mistake, at: span, line, shape)
        }
    }

    // MARK: - Indentation

    private static func words(for indentation: YAMLIndentation, _ line: CorrectedLine) -> Words {
        let expected = indentation.expected
        let levels = [expected, indentation.outer].compactMap(\.self).map { describe($0, line) }
        let message = "this line is indented by \(spaces(indentation.found)); \(levels.joined(separator: ", and "))"
        let corrected = line.indented(by: expected.indent)
        if expected.indent == 0, let key = line.commentedKey {
            let rest = "delete the # before \(quoted(key)) in the line above, or comment this line out too"
            return (message, rest)
        }
        let help =
            expected.indent == 0
            ? corrected.map { "start it in column 1: \($0)" }
            : corrected.map { "indent it by \(spaces(expected.indent)): \($0)" }
        return (message, help)
    }

    private static func describe(_ level: YAMLIndentation.Level, _ line: CorrectedLine) -> String {
        guard level.indent > 0 else { return "keys of the file start in column 1" }
        let owner = level.owner.map { " of \(quoted(line.text($0.range).trimmingQuotes))" } ?? " above it"
        return "the \(level.isText ? "lines" : "keys")\(owner) are indented by \(spaces(level.indent))"
    }

    private static func spaces(_ count: Int) -> String { count == 1 ? "1 space" : "\(count) spaces" }

    /// Returns the words for a line that is indented with a tab.
    static func wordsForTab(_ line: CorrectedLine, _ shape: RecordShape) -> Words {
        let key = line.text?.prefix { $0 != ":" }
        let isRootKey = shape.fields.contains { $0.name.description == key ?? "" }
        if isRootKey {
            return (
                "the line is indented with a tab; keys of the file start in column 1",
                line.indented(by: 0).map { "start it in column 1: \($0)" }
            )
        }
        return (
            "the line is indented with a tab; use two spaces",
            line.indented(by: 2).map { "indent it with spaces: \($0)" } ?? "replace the tab with two spaces"
        )
    }

    // MARK: - Values

    private static func wordsForColon(
        at span: ByteSpan,
        _ value: ByteSpan,
        _ line: CorrectedLine,
        _ shape: RecordShape
    ) -> Words {
        let message = "\": \" is not allowed in a value without quotes"
        // `name: a, provider: openai`
        let words = line.text(Int(value.start)..<Int(span.start)).split { ", ".contains($0) }
        if words.count > 1, line.text != nil, let key = words.last,
            shape.fields.contains(where: { $0.name.description == key })
        {
            return (
                message,
                "begin each key on its own line: \(key):\(line.text(Int(span.end)..<line.range.upperBound))"
            )
        }
        return (message, line.quoting(value).map { "quote the value: \($0)" } ?? "quote the value")
    }

    private static func wordsForIndicator(_ value: ByteSpan, _ line: CorrectedLine) -> Words {
        let text = line.text(value.range)
        let help = line.quoting(value).map { "quote the value: \($0)" } ?? "quote the value"
        guard !text.hasPrefix("- ") else {
            return (
                "\"- \" starts a list, which is not allowed on the line of its key",
                help + "; or begin the list on the next line"
            )
        }
        return ("a value without quotes must not start with \"\(text.unicodeScalars.first ?? " ")\"", help)
    }

    private static func words(forTextAfter value: ByteSpan, at span: ByteSpan, _ line: CorrectedLine) -> Words {
        let text = line.text(value.range)
        let rest = line.text(Int(span.start)..<Int(value.end))
        let isQuoted = text.hasPrefix("\"") || text.hasPrefix("'")
        let message = "text is not allowed after the closing \(isQuoted ? "quote" : "bracket") of a value"
        if rest == "," || rest == ";" {
            let corrected = line.replacing(Int(span.start)..<Int(value.end), with: "")
            return ("\"\(rest)\" is not allowed after a value", corrected.map { "delete it: \($0)" } ?? "delete it")
        }
        if rest.hasPrefix("//") || rest.hasPrefix("/*") { return wordsForComment(at: span, line) }
        // An apostrophe in single quotes, or quotes in quotes.
        if isQuoted, let quote = text.first, text.last == quote, text.utf8.count > 1 {
            let quoted = CorrectedLine.inQuotes(String(text.dropFirst().dropLast()))
            return (message, line.replacing(value.range, with: quoted).map { "quote the whole value: \($0)" })
        }
        return (message, line.quoting(value).map { "quote the whole value: \($0)" })
    }

    private static func escape(at span: ByteSpan, _ line: CorrectedLine) -> String {
        String(line.text(Int(span.start)..<line.range.upperBound).prefix(2))
    }

    private static func inSingleQuotes(_ value: String) -> String {
        "'\(value.dropFirst().dropLast().replacing("'", with: "''"))'"
    }

    private static func wordsForQuote(at span: ByteSpan, _ line: CorrectedLine) -> Words {
        let quote = line.text(span.range)
        let rest = line.text(min(Int(span.end), line.range.upperBound)..<line.range.upperBound)
        let corrected = rest.isEmpty || rest.contains(quote) ? nil : line.replacing(span.range, with: quote)
        return (
            "the quote that opens in line \(line.number) is not closed",
            corrected.map { "close it at the end of the line: \($0)\(quote)" } ?? "close it where the value ends"
        )
    }

    private static func wordsForBracket(at span: ByteSpan, _ line: CorrectedLine) -> Words {
        let open = line.text(span.range)
        let close = open == "{" ? "}" : "]"
        let isLast = Int(span.end) == line.range.upperBound
        let isFirst = Int(span.start) == line.range.lowerBound
        let corrected = isLast ? nil : line.replacing(span.range, with: open)
        return (
            "this \"\(open)\" is not closed",
            corrected.map { "close it: \($0)\(close)" }
                ?? (isFirst
                    ? "write \"\(close)\" after the last entry"
                    : "write \"\(close)\" after the last entry, or delete the \"\(open)\" when each entry has its own line")
        )
    }

    // MARK: - Lines

    /// Returns the words for a comment that does not start with `#`.
    private static func wordsForComment(at span: ByteSpan, _ line: CorrectedLine) -> Words {
        let mark = line.text(Int(span.start)..<min(Int(span.start) + 2, line.range.upperBound))
        let text = line.text(Int(span.start)..<line.range.upperBound).drop { "/* ".contains($0) }
        let comment = text.hasSuffix("*/") ? text.dropLast(text.hasSuffix(" */") ? 3 : 2) : text
        let corrected = line.replacing(Int(span.start)..<line.range.upperBound, with: "# \(comment)")
        return ("a comment starts with \"#\", not with \"\(mark)\"", corrected.map { "write \($0)" })
    }

    private static func wordsForLine(
        _ mistake: YAMLMistake,
        at span: ByteSpan,
        _ line: CorrectedLine,
        _ shape: RecordShape
    ) -> Words {
        switch mistake {
        case .tabAlone: ("this line has a tab and nothing else", "delete the tab")
        case .codeFence:
            ("a code fence of Markdown is not part of the file", "delete the lines that start with ``` or ~~~")
        case .diffLine: (diffMessage, diffHelp)
        case .conflictMarker: ("this line is left over from a merge conflict", "delete the line")
        case .foreignComment: wordsForComment(at: span, line)
        case .heading:
            (
                "a heading in brackets is not YAML",
                line.text.map { "write \($0.filter { !"[]".contains($0) }): and indent its keys by two spaces" }
            )
        case .hereDocument:
            ("\(line.text.map { quoted($0) } ?? "this line") is not part of the file", "delete the line")
        case .noSpaceAfterColon:
            (
                "a space is missing after \":\"",
                line.replacing(span.range, with: " " + line.text(span.range)).map { "write \($0)" }
            )
        case .noBreakSpaceAfterColon:
            (
                "a no-break space (U+00A0) follows \":\", where YAML needs a space",
                line.replacing(span.range, with: " ").map { "type the space again: \($0)" }
            )
        case .fullWidthColon:
            (
                "a key ends with \":\", not with the full-width \"：\"",
                line.replacing(separator(at: span, line), with: ": ").map { "write \($0)" }
            )
        case .equalsSign:
            (
                "a key ends with \":\", not with \"=\"",
                line.replacing(separator(at: span, line), with: ": ").map { "write \($0)" }
            )
        default: wordsForMissingColon(line, shape)
        }
    }

    private static let diffMessage = "this is a line of a diff, not of the file itself"
    private static let diffHelp =
        "delete the lines of the header and those that start with \"-\", and the \"+\" or space at the start of the others"

    /// Returns the range of a sign and the spaces around it.
    private static func separator(at span: ByteSpan, _ line: CorrectedLine) -> Range<Int> {
        let preceding = line.text(line.range.lowerBound..<Int(span.start)).reversed().prefix { $0 == " " }.count
        let following = line.text(Int(span.end)..<line.range.upperBound).prefix { $0 == " " }.count
        return Int(span.start) - preceding..<Int(span.end) + following
    }

    private static func wordsForMissingColon(_ line: CorrectedLine, _ shape: RecordShape) -> Words {
        let text = line.text ?? ""
        let word = text.prefix { $0 != " " }
        let isKey = shape.fields.contains { $0.name.description == word }
        let rest = text.dropFirst(word.count)
        return (
            "this line is not \"key: value\"",
            isKey
                ? "write \(word):\(rest)"
                : "delete the line; or start it with \"# \" if it is a comment, "
                    + "or with two more spaces if it continues the text above"
        )
    }
}
