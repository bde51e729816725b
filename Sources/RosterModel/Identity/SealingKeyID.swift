import RosterBytes

/// The id of a sealing key: `rk_` and 32 lower-case hexadecimal digits that follow from the public key.
public struct SealingKeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let digits: Hex128

    private static let prefix: StaticString = "rk_"

    /// Parses an id; returns nil when prefix, length or alphabet is wrong.
    public init?(_ text: String) { self.init(utf8: text.utf8.span) }

    /// Parses an id from its UTF-8.
    package init?(utf8 text: Span<UInt8>) {
        let start = Self.prefix.utf8CodeUnitCount
        guard text.count == start + Hex128.length else { return nil }
        for index in 0..<start {
            guard unsafe text[index] == Self.prefix.utf8Start[index] else { return nil }
        }
        guard let digits = Hex128(text.extracting(start...)) else { return nil }
        self.digits = digits
    }

    /// The id as it is written.
    public var description: String { digits.text(after: Self.prefix) }

    /// Returns a Boolean value that indicates whether the text of `one` precedes that of `other`.
    public static func < (one: SealingKeyID, other: SealingKeyID) -> Bool { one.digits < other.digits }
}
