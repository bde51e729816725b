/// Escaping of text from a file, git or a provider, so that it is safe to print.
public enum PrintableText {
    /// Returns `text` with control, bidirectional and invisible characters as `\u{…}`.
    ///
    /// With `breakingCommands`, also keeps a CI host from finding a workflow command: a backslash is inserted before
    /// `::` at a line's start, and after the first character of `##[` anywhere.
    public static func escape(_ text: String, breakingCommands: Bool = false) -> String {
        guard breakingCommands || text.unicodeScalars.contains(where: isUnprintable) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnprintable(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return breakingCommands ? breakCommands(result) : result
    }

    /// Returns true for a character that is invisible and changes how text looks, or moves the cursor.
    public static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: return true
        default:
            return scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
                || scalar.properties.isNoncharacterCodePoint
        }
    }

    private static func breakCommands(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isAtLineStart = true
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            func follows(_ next: String) -> Bool { scalars[index...].starts(with: next.unicodeScalars) }
            // `##[` is a command anywhere, also after a backslash, so the backslash goes between its characters.
            let isInMarker = scalar == "#" && index > 0 && scalars[index - 1] == "#" && follows("#[")
            if isInMarker || isAtLineStart && follows("::") { result.append("\\") }
            // GitHub also accepts a command after white space.
            isAtLineStart = scalar == "\n" || isAtLineStart && (scalar == " " || scalar == "\t")
            result.append(scalar)
        }
        return String(result)
    }
}
