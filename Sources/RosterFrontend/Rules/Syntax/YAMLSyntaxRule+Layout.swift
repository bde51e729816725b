import RosterModel
import YAMLSyntax

extension YAMLSyntaxRule {
    /// Reports a layout that libyaml accepts and other readers of YAML refuse.
    static func report(
        _ layout: YAMLLayout,
        at span: ByteSpan,
        in tree: borrowing YAMLTree,
        hiding mask: KeyMask,
        shape: RecordShape,
        _ findings: inout Findings
    ) {
        let line = CorrectedLine(at: Int(span.start), of: tree.source, hiding: mask)
        let startsLine = layout == .tabIndentation && Int(span.start) < line.range.lowerBound
        let (message, help) = startsLine ? wordsForTab(line, shape) : words(for: layout)
        findings.report(Self.self, at: span, message, help: help)
    }

    private static func words(for layout: YAMLLayout) -> Words {
        switch layout {
        case .commentWithoutBlank:
            ("a comment needs a space before \"#\"", "write a space before \"#\", or quote the value that has it")
        case .tabIndentation:
            ("a tab is not allowed where spaces indent", "replace the tab with spaces")
        case .tabAfterColon:
            ("a tab is not allowed between \":\" and a value", "write a space after \":\"")
        case .lineNotIndented:
            (
                "this line belongs to the value of the key or dash above it, and is not indented more than that",
                "indent the line by two more spaces, or close the quotes on the line above"
            )
        case .bracketLineNotIndented:
            (
                "this line is inside [ … ] or { … }, and is not indented more than the key or dash above it",
                "indent the line by two more spaces, a closing bracket too, or write the value on one line"
            )
        case .indicatorInBrackets:
            ("\"-\", \"?\" and \":\" need text after them inside brackets", "quote the value: \"-\"")
        case .colonStartsKey:
            ("a key that starts with \":\" is not allowed after a text of several lines", "quote the key")
        case .dashWithoutValue:
            ("a dash without a value is not allowed at the end of this list", "write \"- null\", or delete the line")
        case .escapedLineEndAtEmptyLine:
            ("an empty line is not allowed after \"\\\" at the end of a line", "write \\n where a line ends")
        case .blanksAfterBackslash:
            ("spaces are not allowed between \"\\\\\" and the end of the line", "delete the spaces")
        case .emptyBlockScalar:
            (
                "this block of text is empty",
                "write \"\" for an empty text, or indent the text by two spaces more than its key"
            )
        case .lessIndentedThanEmptyLines:
            (
                "this line has fewer spaces than an empty line above it in the same block of text",
                "delete the spaces in the empty lines above"
            )
        case .textNotIndentedBelowHeader:
            (
                "this text is not indented more than the \"|\" or \">\" above it",
                "write \"|\" or \">\" on the line of its key, or indent the text by two more spaces"
            )
        case .foldedLineIndentedByOne:
            (
                "this line of a folded text is indented by one space more than the text",
                "indent it like the text, or by two spaces more; or write \"|\" in place of \">\""
            )
        case .blanksAtEndOfFile:
            ("the file ends with spaces after a block of text", "delete the spaces, and end the file with a line end")
        case .invisibleLastLine:
            ("this block of text ends with a line of spaces", "delete the line, or write the text in double quotes")
        }
    }
}
