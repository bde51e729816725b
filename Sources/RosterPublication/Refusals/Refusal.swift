/// The reason why a publication is not accepted, with a message for people.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The closed list of reasons, in the order in which they are checked.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case tooLarge = "too-large"
        case malformed
        case unsigned
        case untrustedKey = "untrusted-key"
        case wrongChannel = "wrong-channel"
        case fromTheFuture = "from-the-future"
        case expired
        case rolledBack = "rolled-back"
        case equivocation
        case digestMismatch = "digest-mismatch"
        case invalidRegistry = "invalid-registry"
        case opensServer = "opens-server"
    }

    /// The label of metrics and of the status.
    package let reason: Reason
    /// The message, such as `the statement has no member "serial"`.
    package let message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    package var description: String { "\(reason.rawValue): \(message)" }
}
