package import RosterDiagnostics

/// The reason for which an edit is refused.
package struct EditFailure: Error, Sendable {
    /// The kind of the reason, for the program that handles it.
    package enum Code: Sendable, Hashable {
        /// A name that refers to no record.
        case notFound
        /// An argument that is never valid.
        case invalid
        /// The new record already exists.
        case exists
        /// The record to delete is still in use.
        case inUse
        /// `check` would report new errors, which are in ``EditFailure/diagnostics``.
        case refused
        /// A file changed during the edit.
        case changed
        /// A file cannot be read, or not completely.
        case unreadable
        /// A file cannot be written.
        case unwritable
        /// The edited file does not have the intended value: a bug in Roster.
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

    /// Creates a failure for a file that cannot be edited.
    package init(_ problem: EditedDocument.Problem, path: String) {
        switch problem {
        case .unreadable, .missing:
            self.init(.unreadable, "\(path) cannot be edited", help: "run roster check to see its errors")
        case .unfaithful:
            self.init(
                .mismatch,
                "nothing was written: \(path) would not have the intended values, which is a bug in roster",
                help: "edit the file by hand, and report this with the file's layout"
            )
        }
    }
}
