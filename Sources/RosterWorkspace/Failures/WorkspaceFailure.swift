package import RosterDiagnostics

/// The reason for which a repository on disk cannot be used as a command asks.
package struct WorkspaceFailure: Error, Sendable {
    /// The kind of reason.
    package enum Code: Sendable, Hashable {
        /// An argument that has no meaning.
        case usage
        /// A file, folder or revision that does not exist.
        case notFound
        /// git is not usable, or has no answer.
        case git
        /// A working tree that lacks files of the registry.
        case incomplete
        /// A file, or the whole repository, that cannot be read.
        case unreadable
        /// A file that cannot be written, or must not be.
        case unwritable
        /// A date that no registry can hold.
        case date
    }

    /// The kind of reason.
    package var code: Code
    /// The message for the user.
    package var message: String
    /// The remedy; nil when none is known.
    package var help: String?
    /// The diagnostics to print before the message.
    package var diagnostics: [Diagnostic] = []

    /// Creates a failure.
    package init(_ code: Code, _ message: String, help: String? = nil) {
        (self.code, self.message, self.help) = (code, message, help)
    }
}
