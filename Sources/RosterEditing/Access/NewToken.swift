import RosterBytes
package import RosterModel
import SealedBoxes

/// A new token: its text, which is not stored, and its record.
package struct NewToken: Sendable {
    /// `sk_` and 43 characters of base64url.
    package let text: String
    /// The token's record in `roster.yaml`.
    package let record: Access.Token

    /// Creates a token from 32 bytes of the system's random source.
    ///
    /// `makeID` returns a new id with a prefix.
    package init?(
        name: String,
        policies: [String],
        project: Handle?,
        expires: CalendarDate?,
        makeID: (_ prefix: String) -> String
    ) {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let base64 = CanonicalBase64.encode(bytes.span).filter { $0 != "=" }
        text = "sk_" + base64.replacing("+", with: "-").replacing("/", with: "_")
        guard let id = TokenID(makeID("key_")) else { return nil }
        let hash = TokenHash(of: text.utf8.span)
        record = Access.Token(
            id: id,
            name: name,
            hash: hash,
            // A policy that is named twice is stored once.
            policies: policies.enumerated().filter { !policies[..<$0.offset].contains($0.element) }.map(\.element),
            project: project,
            expires: expires
        )
    }
}
