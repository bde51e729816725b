import RosterBytes

/// The fingerprint of a secret's value: 32 lower-case hexadecimal digits that change with the value.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    private let digits: Hex128

    /// Parses a fingerprint; returns nil when `text` is not 32 lower-case hexadecimal digits.
    public init?(_ text: String) { self.init(utf8: text.utf8.span) }

    /// Parses a fingerprint from its UTF-8.
    package init?(utf8 text: Span<UInt8>) {
        guard let digits = Hex128(text) else { return nil }
        self.digits = digits
    }

    /// The fingerprint as it is written.
    public var description: String { digits.text() }
}
