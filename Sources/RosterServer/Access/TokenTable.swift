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
        return entries[TokenHash(of: text)]
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
