import YAMLSyntax

/// How a text is written as a YAML scalar.
enum PlainText {
    /// Plain where every reader of YAML takes it for this text, else in double quotes.
    static func scalar(_ text: String, inFlow: Bool = false) -> String {
        canBePlain(text, inFlow: inFlow) ? text : doubleQuoted(text)
    }

    private static func canBePlain(_ text: String, inFlow: Bool) -> Bool {
        guard let first = text.unicodeScalars.first, text.last != " ", text.last != ":" else { return false }
        guard first.properties.isAlphabetic || ("0"..."9").contains(first) || "/.+_".unicodeScalars.contains(first)
        else { return false }
        let allowed = inFlow ? " -_./:@+=()" : " -_./:@+=(),"
        let isOrdinary = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || allowed.unicodeScalars.contains(scalar)
        }
        guard isOrdinary, !text.contains(": "), !text.contains(":,") else { return false }
        return unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
            unsafe PlainScalar(bytes) == .text && !PlainScalar.isOtherwiseInYAML11(bytes)
        }
    }

    private static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
