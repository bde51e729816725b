import RosterBytes

/// An excerpt as a terminal or a page shows it: tabs as spaces, invisible characters escaped, and the carets' columns counted in
/// the cells that characters occupy.
package struct ExcerptLine {
    /// The line.
    package let text: String
    /// The number of cells that precede the carets.
    package let caretColumn: Int
    /// The number of carets.
    package let caretWidth: Int

    /// Creates the line of an excerpt.
    package init(_ excerpt: Excerpt) {
        var text = excerpt.isCutAtStart ? "…" : ""
        var column = excerpt.isCutAtStart ? 1 : 0
        var start = column
        var end = column
        var index = 0
        for scalar in excerpt.text.unicodeScalars {
            if index == excerpt.caretOffset { start = column }
            var shown = String(scalar)
            var width = Self.width(of: scalar)
            if scalar == "\t" {
                width = 4 - column % 4
                shown = String(repeating: " ", count: width)
            } else if PrintableText.isUnprintable(scalar) {
                shown = PrintableText.escape(shown)
                width = shown.unicodeScalars.count
            }
            text += shown
            column += width
            index += 1
            if index == excerpt.caretOffset + excerpt.caretLength { end = column }
        }
        if index <= excerpt.caretOffset { start = column }
        if index < excerpt.caretOffset + excerpt.caretLength { end = max(column, start + 1) }
        self.text = text + (excerpt.isCutAtEnd ? "…" : "")
        caretColumn = start
        caretWidth = max(1, end - start)
    }

    /// Returns the number of cells of a character: 0 for a combining one, 2 for one that Unicode defines as wide.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return isWide(scalar.value) || scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// Returns true for a character of the blocks that are entirely wide (Unicode, East Asian Width W and F).
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
