/// The reason for which two sides cannot be compared, or a history cannot be read.
package struct ReviewFailure: Error, Sendable {
    /// The kind of reason.
    package enum Code: Sendable, Hashable {
        /// Arguments that contradict each other.
        case usage
        /// A provider that the history does not have.
        case unknownProvider
        /// The repository is bare, and has no index.
        case noIndex
    }

    /// The kind of reason.
    package var code: Code
    /// The message for the user.
    package var message: String
    /// The remedy; nil when none is known.
    package var help: String?

    /// Creates a failure.
    package init(_ code: Code, _ message: String, help: String? = nil) {
        (self.code, self.message, self.help) = (code, message, help)
    }
}
