import RosterBytes

/// The BLAKE2b-256 digest of a token's text, written as 64 lower-case hexadecimal digits.
public struct TokenHash: Hashable, Sendable, CustomStringConvertible {
    private let high: Hex128
    private let low: Hex128

    /// Parses a hash; returns nil when `text` is not 64 lower-case hexadecimal digits.
    public init?(_ text: String) { self.init(utf8: text.utf8.span) }

    /// Parses a hash from its UTF-8.
    package init?(utf8 text: Span<UInt8>) {
        guard text.count == 2 * Hex128.length, let high = Hex128(text.extracting(..<Hex128.length)),
            let low = Hex128(text.extracting(Hex128.length...))
        else { return nil }
        (self.high, self.low) = (high, low)
    }

    /// Creates the hash of a token's text.
    package init(of text: Span<UInt8>) {
        let bytes = Digest.blake2b256(of: text).bytes
        (high, low) = (Hex128(bytes: bytes, at: 0), Hex128(bytes: bytes, at: 16))
    }

    /// The hash as it is written.
    public var description: String { high.text() + low.text() }

    /// Compares every byte, so that the time does not depend on the position of a difference.
    public static func == (one: TokenHash, other: TokenHash) -> Bool {
        one.high.difference(from: other.high) | one.low.difference(from: other.low) == 0
    }
}
