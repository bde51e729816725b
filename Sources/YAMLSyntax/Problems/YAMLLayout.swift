/// A layout that libyaml, which reads YAML 1.1, accepts and that readers of YAML 1.2 refuse or read differently.
///
/// Where readers of YAML 1.2 disagree about a layout, it is refused too: every program must see one document.
public enum YAMLLayout: Sendable, Equatable {
    /// A `#` that follows another token without a blank (YAML 1.2.2, section 6.6).
    case commentWithoutBlank
    /// A tab among the blanks that indent a line (section 6.1).
    case tabIndentation
    /// Only tabs between the colon of a key and a plain text; one reader refuses it.
    case tabAfterColon
    /// A line of a quoted or plain text, or of a value on a separate line, that is not indented more than its parent.
    case lineNotIndented
    /// A line of a `[…]` or `{…}` that is not indented more than its parent (section 7.4).
    case bracketLineNotIndented
    /// A `-`, `?` or `:` as a plain text, or at the end of one, inside brackets (section 7.3.3).
    case indicatorInBrackets
    /// A plain key that starts with a colon and follows a plain text of several lines; one reader refuses it.
    case colonStartsKey
    /// A dash without a value that ends a list at the column of its key; one reader refuses it.
    case dashWithoutValue
    /// A `\` at the end of a line that an empty line follows: readers disagree about the line end.
    case escapedLineEndAtEmptyLine
    /// Blanks at the end of a line that follow an escaped backslash: readers disagree whether they count.
    case blanksAfterBackslash
    /// A `|` or `>` without text: readers disagree whether the value has a line end.
    case emptyBlockScalar
    /// A line of a block scalar with fewer blanks than an empty line preceding it (section 8.1.1.1).
    case lessIndentedThanEmptyLines
    /// A block scalar on a separate line whose text is not indented more than the `|` or `>`.
    case textNotIndentedBelowHeader
    /// A line of a folded text that follows an empty line, indented by one blank more than the text.
    case foldedLineIndentedByOne
    /// Blanks without a line end that end the file and a block scalar.
    case blanksAtEndOfFile
    /// A line of only blanks that ends a block scalar whose header has an indentation.
    case invisibleLastLine
}
