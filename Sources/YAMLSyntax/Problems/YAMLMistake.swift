/// A mistake that people make in a file, found where libyaml stopped.
///
/// libyaml reports the place where reading had to stop. A mistake is reported at the byte that is wrong, which is often in
/// an earlier line.
public enum YAMLMistake: Sendable, Equatable {
    /// A line with more or fewer spaces than its siblings.
    case indentation(YAMLIndentation)
    /// A line that is indented with a tab.
    case tabIndentation
    /// A line with a tab and nothing else but blanks.
    case tabAlone
    /// A line of three backticks or tildes, which Markdown puts around code.
    case codeFence
    /// A line of a diff.
    case diffLine
    /// A marker of a merge conflict whose other markers are missing.
    case conflictMarker
    /// A comment that starts with `//` or `/*`.
    case foreignComment
    /// A heading in brackets, as INI and TOML have it.
    case heading
    /// A line with which a shell starts or ends a here-document.
    case hereDocument
    /// A key whose colon no space follows.
    case noSpaceAfterColon
    /// A key whose colon a no-break space follows.
    case noBreakSpaceAfterColon
    /// A key with a full-width colon.
    case fullWidthColon
    /// A key with `=` in place of a colon.
    case equalsSign
    /// A line that is not `key: value`.
    case lineWithoutColon
    /// A line of a block of text that is not indented more than its key.
    case textNotIndented(key: ByteSpan)
    /// A value with `: ` in it, without quotes.
    case colonInValue(ByteSpan)
    /// A value that starts with an indicator character.
    case indicatorStartsValue(ByteSpan)
    /// Text after the closing quote or bracket of a value.
    case textAfterValue(ByteSpan)
    /// A backslash in double quotes that starts no escape.
    case unknownEscape(ByteSpan)
    /// A quote that is not closed.
    case unclosedQuote
    /// A bracket that is not closed.
    case unclosedBracket
    /// The end of an entry in brackets that a comma must follow, or the space between two entries.
    case missingComma
    /// Text after the value that is the whole file.
    case textAfterDocument
}

/// The indentation of a line that does not fit the lines preceding it.
public struct YAMLIndentation: Sendable, Equatable {
    /// The number of spaces that the line has.
    public var found: Int
    /// The mapping that the line probably belongs to.
    public var expected: Level
    /// The next mapping outside of that one, when the line has more spaces than the keys of it.
    public var outer: Level?

    /// A mapping, by the column of its keys.
    public struct Level: Sendable, Equatable {
        /// The number of spaces preceding its keys.
        public var indent: Int
        /// The key whose value the mapping is; nil at the root.
        public var owner: ByteSpan?
        /// A Boolean value that indicates whether the value is a block of text.
        public var isText = false
    }
}
