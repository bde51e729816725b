import RosterBytes
import RosterDiagnostics
package import YAMLSyntax

/// Writes texts as YAML scalars.
package enum PlainText {
    /// Returns a text as a plain scalar if every reader of YAML reads it as this text, else in double quotes.
    package static func scalar(_ text: String, inFlow: Bool = false) -> String {
        canBePlain(text, inFlow: inFlow) ? text : doubleQuoted(text)
    }

    /// Returns a text in quotes: single ones where they are asked for and can hold it.
    package static func quoted(_ text: String, single: Bool) -> String {
        guard single, !text.unicodeScalars.contains(where: needsEscape) else { return doubleQuoted(text) }
        return "'" + text.replacing("'", with: "''") + "'"
    }

    /// Returns a text as it is written in the place of a scalar, in the scalar's own quotes where it has some.
    package static func scalar(_ text: String, inPlaceOf node: YAMLNode) -> String {
        node.isQuoted ? quoted(text, single: node.kind == .singleQuoted) : scalar(text, inFlow: true)
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

    /// Returns whether a character is invisible in a file, or not allowed there.
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
                // The selector of the coloured form of an emoji follows it without an escape.
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
