import RosterBytes

/// The name of a series of publications, of which each server follows one.
///
/// It is also the tag of an OCI registry, to which a serial can be appended.
package struct Channel: Hashable, Sendable, CustomStringConvertible {
    /// The channel when none is named.
    package static let main = Channel(unchecked: "main")
    /// The maximum number of bytes; a tag may have 128.
    package static let lengthLimit = 100
    /// The rule as text, for messages.
    package static let rule = """
        1 to 100 letters, digits, ".", "_" or "-", of which the first is not "." or "-", \
        without a serial at its end
        """

    package let description: String

    private init(unchecked name: String) { description = name }

    /// Creates a channel; nil for a text that cannot be a tag.
    package init?(_ name: String) {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= Self.lengthLimit,
            first.isASCIILetterOrDigit || first == UInt8(ascii: "_"),
            bytes.allSatisfy({ $0.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F].contains($0) }),
            !Self.endsInSerial(name)
        else { return nil }
        description = name
    }

    /// Returns a Boolean value that indicates whether a name could be that of an older publication of another channel.
    private static func endsInSerial(_ name: String) -> Bool {
        let rest = name.utf8.reversed().drop { $0.isASCIIDigit }
        return rest.first == UInt8(ascii: "-") && name.utf8.count - rest.count >= 10
    }
}
