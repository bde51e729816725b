import RosterBytes
import RosterModel

/// The secret that a browser holds of its session: 32 random bytes in base64url.
///
/// No description contains it, so that it does not get into a log by mistake.
struct SessionHandle: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The number of characters of a handle.
    static let length = 43

    /// The handle as the cookie has it.
    let text: String

    /// Creates a handle from the system's random source.
    init() {
        var generator = SystemRandomNumberGenerator()
        // Each number is a system call.
        let bytes = (0..<4).flatMap { _ in
            let word = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
        let base64 = CanonicalBase64.encode(bytes.span).filter { $0 != "=" }
        text = base64.replacing("+", with: "-").replacing("/", with: "_")
    }

    /// Creates the handle that a client sent; returns nil when it does not have the form of one.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length,
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else { return nil }
        self.text = String(text)
    }

    /// The name of the session, which does not reveal the handle.
    var id: SessionID { SessionID(hash: TokenHash(of: text.utf8.span)) }

    var description: String { "(handle)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The name of a session: the BLAKE2b-256 digest of its handle.
///
/// The sessions are found by it, so that neither the memory of the server nor the time of a lookup reveals a handle.
struct SessionID: Sendable, Hashable {
    fileprivate let hash: TokenHash
}
