/// Text from a file, git or a provider, made safe to print.
public enum PrintableText {
    /// Writes control, bidirectional and invisible characters of `text` as `\u{…}`.
    ///
    /// With `breakingCommands`, also keeps a CI host from reading a command of its own: `::` at a line's start gets
    /// a backslash in front, and `##[` anywhere one behind its first character.
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

    /// Whether a character changes how text looks without being seen itself, or moves the cursor.
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
            // `##[` counts wherever it stands, also behind a backslash, so its own characters are parted.
            let isInMarker = scalar == "#" && index > 0 && scalars[index - 1] == "#" && follows("#[")
            if isInMarker || isAtLineStart && follows("::") { result.append("\\") }
            // GitHub also takes a command behind white space.
            isAtLineStart = scalar == "\n" || isAtLineStart && (scalar == " " || scalar == "\t")
            result.append(scalar)
        }
        return String(result)
    }
}
