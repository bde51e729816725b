/// Text from a file, git or a provider, made safe to print.
public enum PrintableText {
    /// Writes control, bidirectional and invisible characters of `text` as `\u{…}`.
    ///
    /// With `breakingCommands`, also keeps a CI host from reading a command of its own: `::` at a line's start and
    /// `##[` anywhere get a backslash.
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
        default: return scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
        }
    }

    private static func breakCommands(_ text: String) -> String {
        var result = text.hasPrefix("::") ? "\\" + text : text
        for command in ["##["] {
            var rest = result[...]
            var broken = ""
            while let range = firstRange(of: command, in: rest) {
                broken += rest[..<range.lowerBound] + "#\\#["
                rest = rest[range.upperBound...]
            }
            result = broken + rest
        }
        return result
    }

    private static func firstRange(of needle: String, in text: Substring) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(needle) {
                return start..<text.index(start, offsetBy: needle.count)
            }
            start = text.index(after: start)
        }
        return nil
    }
}
