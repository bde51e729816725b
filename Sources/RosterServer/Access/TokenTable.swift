import RosterBytes
import RosterModel
import SealedBoxes

/// The tokens of a snapshot, by the hash of their text.
struct TokenTable: Sendable {
    /// A token and the view that it has.
    struct Entry: Sendable {
        let id: String
        let hash: TokenHash
        let expires: CalendarDate?
        /// The position of its view among the snapshot's.
        let view: Int
    }

    private let entries: [TokenHash: Entry]

    init(_ entries: [Entry]) {
        self.entries = Dictionary(entries.map { ($0.hash, $0) }) { first, _ in first }
    }

    /// Returns the token of a text, even an expired one; nil when the text is not a token or is unknown.
    func entry(of text: Span<UInt8>) -> Entry? {
        guard Self.hasTokenForm(text) else { return nil }
        let hash = TokenHash(of: text)
        guard let entry = entries[hash], entry.hash.equalsInConstantTime(hash) else { return nil }
        return entry
    }

    /// `sk_` and 43 characters of base64url.
    private static func hasTokenForm(_ text: Span<UInt8>) -> Bool {
        guard text.count == 46, text[0] == UInt8(ascii: "s"), text[1] == UInt8(ascii: "k"),
            text[2] == UInt8(ascii: "_")
        else { return false }
        for index in 3..<46 {
            let byte = text[index]
            guard byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else {
                return false
            }
        }
        return true
    }
}

/// BLAKE2b-256 of a token's text.
struct TokenHash: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(of text: Span<UInt8>) { self.init(Digest.blake2b256(of: text).bytes) }

    /// Parses 64 lower-case hex digits; returns nil for anything else.
    init?(hex: String) {
        guard hex.utf8.count == 64, let bytes = LowerHex.decode(hex.utf8.span) else { return nil }
        self.init(bytes)
    }

    private init(_ bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 {
            unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Compares every byte, so that the time does not depend on the position of a difference.
    func equalsInConstantTime(_ other: TokenHash) -> Bool {
        (words.0 ^ other.words.0) | (words.1 ^ other.words.1) | (words.2 ^ other.words.2) | (words.3 ^ other.words.3)
            == 0
    }

    static func == (one: TokenHash, other: TokenHash) -> Bool { one.equalsInConstantTime(other) }

    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
