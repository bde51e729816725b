import RosterBytes
import RosterModel

/// The language of a POSIX shell.
enum Shell: SnippetLanguage {}

/// A script for a POSIX shell.
typealias ShellScript = EscapedText<Shell>

extension EscapedText.Interpolation where Language == Shell {
    /// Appends a value as one word.
    mutating func appendInterpolation(word value: String) { append(escaped: ShellArgument.quoted(value)) }

    /// Appends a JSON document as one word.
    ///
    /// Its strings hold the only characters that are escaped, so that the document stays the same.
    mutating func appendInterpolation(json document: [UInt8]) {
        var text = "'"
        for scalar in String(decoding: document, as: UTF8.self).unicodeScalars {
            if scalar == "'" || scalar.isInvisible {
                text += scalar.jsonEscape
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        append(escaped: text + "'")
    }

    /// Appends a script as the input of a shell.
    ///
    /// The shell that reads the script expands nothing in it.
    mutating func appendInterpolation(input script: ShellScript) {
        let lines = script.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var delimiter = "END"
        while lines.contains(where: { $0.elementsEqual(delimiter.utf8) }) { delimiter += "_" }
        append(escaped: "<<'\(delimiter)'\n\(script.text)\n\(delimiter)")
    }
}

extension Unicode.Scalar {
    /// A Boolean value that indicates whether people cannot see the character where it is: a control or format
    /// character, or a separator of lines.
    var isInvisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The escape of JSON: `\u` and four digits, for each half of a surrogate pair.
    fileprivate var jsonEscape: String {
        Character(self).utf16.map { "\\u" + Self.digits(of: UInt32($0), count: 4) }.joined()
    }

    /// Returns the hexadecimal digits of a number, with leading zeros.
    static func digits(of number: UInt32, count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
