import RosterBytes
import RosterModel

/// The characters that a reviewer cannot see.
enum HiddenScalar {
    /// Returns whether a character is invisible after another.
    ///
    /// U+FE0F selects the coloured form of the preceding emoji, and is allowed there.
    static func isHidden(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20..<0x7F: false
        case 0xFE0F: !(previous.properties.isEmoji && !previous.isASCII || isKeycapBase(previous))
        default: PrintableText.isUnprintable(scalar)
        }
    }

    private static func isKeycapBase(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.properties.isEmoji
    }
}
