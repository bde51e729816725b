import RosterBytes
import RosterJSON

/// A bearer token of a registry.
package struct OCIToken: Hashable, Sendable {
    /// The maximum number of bytes of the answer with a token.
    static let answerLimit = 64 * 1024
    /// The validity of a token whose answer has none.
    static let usualValidity = Duration.seconds(60)
    /// The time before the end of its validity at which a token is replaced.
    static let margin = Duration.seconds(10)
    /// The longest validity that is used.
    static let mostValidity = Duration.seconds(86_400)

    /// The characters of the token.
    let text: String
    /// The time for which it may be used; zero for one request only.
    package let validity: Duration

    /// Parses the answer of a token server; nil when it has no token.
    package init?(answer: [UInt8]) {
        guard answer.count <= Self.answerLimit, let value = try? JSONReader.read(utf8: answer),
            let object = value.object
        else { return nil }
        let texts = ["token", "access_token"].compactMap { object[$0]?.string }
        guard let text = texts.first(where: { !$0.isEmpty }),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.text = text
        var validity = Self.usualValidity
        if case .integer(let seconds)? = object["expires_in"], seconds > 0 {
            validity = .seconds(min(seconds, Self.mostValidity.components.seconds))
        }
        self.validity = max(.zero, validity - Self.margin)
    }
}
