import RosterDiagnostics
import YAMLSyntax

/// How a text is written as a YAML scalar.
enum PlainText {
    /// Plain where every reader of YAML takes it for this text, else in double quotes.
    static func scalar(_ text: String, inFlow: Bool = false) -> String {
        canBePlain(text, inFlow: inFlow) ? text : doubleQuoted(text)
    }

    /// In quotes: single ones where they are asked for and can hold it.
    static func quoted(_ text: String, single: Bool) -> String {
        guard single, !text.unicodeScalars.contains(where: needsEscape) else { return doubleQuoted(text) }
        return "'" + text.replacing("'", with: "''") + "'"
    }

    private static func canBePlain(_ text: String, inFlow: Bool) -> Bool {
        guard let first = text.unicodeScalars.first, text.last != " ", text.last != ":" else { return false }
        guard first.properties.isAlphabetic || ("0"..."9").contains(first) || "/.+_".unicodeScalars.contains(first)
        else { return false }
        let allowed = inFlow ? " -_./:@+=()" : " -_./:@+=(),"
        let isOrdinary = text.unicodeScalars.allSatisfy { scalar in
            !needsEscape(scalar)
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || allowed.unicodeScalars.contains(scalar))
        }
        guard isOrdinary, !text.contains(": "), !text.contains(":,") else { return false }
        return unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
            unsafe PlainScalar(bytes) == .text && !PlainScalar.isOtherwiseInYAML11(bytes)
        }
    }

    /// Whether a character cannot be seen in a file, or not stand there as it is.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        PrintableText.isUnprintable(scalar) || scalar.properties.generalCategory == .unassigned
    }

    private static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                // What asks for the coloured form of an emoji stands behind it as it is.
                if needsEscape(scalar), scalar != "\u{FE0F}" || !previous.properties.isEmoji {
                    let digits = String(scalar.value, radix: 16)
                    let width = digits.count > 4 ? 8 : 4
                    result +=
                        (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
