/// A quotation mark or dash that word processors write in the place of the keyboard's own.
package enum TypographicCharacter {
    case singleQuote
    case doubleQuote
    case dash

    /// Returns the kind of a character; nil when it is of another kind, or in ASCII.
    package init?(_ scalar: Unicode.Scalar) {
        guard !scalar.isASCII else { return nil }
        switch scalar {
        case "«", "»", "“", "”", "„", "‟", "″", "‴", "‶", "‷", "⹂", "〝", "〞", "〟", "＂", "˝": self = .doubleQuote
        case "´", "ʹ", "ʼ", "ˋ", "ˈ", "′", "‵", "｀": self = .singleQuote
        // Modifier letter minus and hyphen bullet are not of the dashes' property.
        case "\u{2D7}", "\u{2043}": self = .dash
        default:
            if scalar.properties.isDash {
                self = .dash
            } else if scalar.properties.isQuotationMark {
                self = .singleQuote
            } else {
                return nil
            }
        }
    }

    /// The keyboard's character for it.
    package var plain: Unicode.Scalar {
        switch self {
        case .singleQuote: "'"
        case .doubleQuote: "\""
        case .dash: "-"
        }
    }
}
