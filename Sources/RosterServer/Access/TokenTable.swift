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

    /// Returns the token of a hash, even an expired one; nil when it is unknown.
    func entry(of hash: TokenHash) -> Entry? { entries[hash] }
}

/// The token of a request, by its hash, which is all that may be kept of a token.
struct Credential: Sendable, Hashable {
    /// The hash; nil without a token.
    let hash: TokenHash?

    /// Creates the credential of a request's `Authorization` fields.
    init(_ authorization: Authorization) {
        guard case .one(var field) = authorization else {
            hash = nil
            return
        }
        hash = field.withUTF8 { unsafe Self.hash(inField: Span(_unsafeElements: $0)) }
    }

    /// Creates the credential of a token's text.
    init(token: String) {
        var token = token
        hash = token.withUTF8 { bytes in
            let text = unsafe Span(_unsafeElements: bytes)
            return Self.hasTokenForm(text) ? TokenHash(of: text) : nil
        }
    }

    /// Returns the hash of the token that follows `Bearer`, in any case, and spaces.
    private static func hash(inField field: Span<UInt8>) -> TokenHash? {
        let scheme: StaticString = "bearer"
        var start = scheme.utf8CodeUnitCount
        guard field.count > start, field[start] == UInt8(ascii: " ") else { return nil }
        for index in 0..<start where unsafe field[index] | 0x20 != scheme.utf8Start[index] { return nil }
        while start < field.count, field[start] == UInt8(ascii: " ") { start += 1 }
        let token = field.extracting(start...)
        return hasTokenForm(token) ? TokenHash(of: token) : nil
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
