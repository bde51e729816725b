/// The programming languages of snippets: Python and TypeScript, which have the same string literals.
enum Source: SnippetLanguage {}

/// A program in Python or TypeScript.
typealias SourceCode = EscapedText<Source>

extension EscapedText.Interpolation where Language == Source {
    /// Appends a value as a string literal.
    ///
    /// Both languages read `\u` with four digits, and differ in the escape of a larger number. Such a character
    /// is written as it is: it ends neither a literal nor a line.
    mutating func appendInterpolation(string value: String) {
        var text = "\""
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" {
                text += "\\"
                text.unicodeScalars.append(scalar)
            } else if scalar.isInvisible, scalar.value <= 0xFFFF {
                text += "\\u" + Unicode.Scalar.digits(of: scalar.value, count: 4)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        append(escaped: text + "\"")
    }
}
