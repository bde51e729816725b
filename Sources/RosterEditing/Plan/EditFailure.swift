package import RosterDiagnostics

/// Why an edit is not made.
package struct EditFailure: Error, Sendable {
    /// What kind of reason it is, for whoever must act on it.
    package enum Code: Sendable, Hashable {
        /// A name that stands for nothing.
        case notFound
        /// An argument that can never be right.
        case invalid
        /// What is to be made is there already.
        case exists
        /// What is to go is still needed.
        case inUse
        /// `check` would have new errors, which are in ``EditFailure/diagnostics``.
        case refused
        /// A file changed while it was being edited.
        case changed
        /// A file cannot be read, or not as a whole.
        case unreadable
        /// A file cannot be written.
        case unwritable
        /// The edited file does not say what it should: a mistake of Roster's own.
        case mismatch
    }

    package var code: Code
    package var message: String
    package var help: String?
    package var diagnostics: [Diagnostic] = []

    package init(_ code: Code, _ message: String, help: String? = nil) {
        self.code = code
        self.message = message
        self.help = help
    }

    /// A file that no edit can see through.
    package init(_ problem: EditedDocument.Problem, path: String) {
        switch problem {
        case .unreadable, .missing:
            self.init(.unreadable, "\(path) cannot be edited", help: "see what is wrong: roster check")
        case .unfaithful:
            self.init(
                .mismatch,
                "nothing was written: \(path) would not say what it should, which is a mistake in roster",
                help: "edit the file by hand, and report this with the file's layout"
            )
        }
    }
}
