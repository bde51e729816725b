import RosterBytes

/// Escaping of values for text and for attributes in double quotes.
enum HTMLEscaping {
    /// Appends a value to markup.
    ///
    /// Characters that are invisible or change the direction of text are shown as `\u{…}`, as on the command line.
    ///
    /// - Parameters:
    ///   - text: the value.
    ///   - keepingLines: a Boolean value that indicates whether line feeds and tabs stay as they are.
    ///   - bytes: the markup.
    static func append(_ text: String, keepingLines: Bool, to bytes: inout [UInt8]) {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            guard unsafe utf8.allSatisfy(isOrdinary) else { return false }
            unsafe bytes.append(contentsOf: utf8)
            return true
        }
        guard !isPlain else { return }
        for scalar in text.unicodeScalars {
            if let reference = reference(to: scalar) {
                bytes.append(contentsOf: reference)
            } else if scalar.isASCII, scalar.value >= 0x20, scalar.value < 0x7F {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if keepingLines, scalar == "\n" || scalar == "\t" {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if PrintableText.isUnprintable(scalar) {
                bytes.append(contentsOf: PrintableText.escape(String(scalar)).utf8)
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    /// Returns a Boolean value that indicates whether a byte is an ASCII character without a meaning in markup.
    private static func isOrdinary(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: byte >= 0x20 && byte < 0x7F
        }
    }

    /// Returns the character reference of a character that is special in markup; nil for any other.
    private static func reference(to scalar: Unicode.Scalar) -> String.UTF8View? {
        switch scalar {
        case "&": "&amp;".utf8
        case "<": "&lt;".utf8
        case ">": "&gt;".utf8
        case "\"": "&#34;".utf8
        case "'": "&#39;".utf8
        default: nil
        }
    }
}
