package import RosterDiagnostics
package import RosterJSON
import RosterModel

/// The file changes of an edit, and the problems that `check` would report after it.
package struct EditPlan: Sendable {
    /// The changes, in the order in which they are made.
    package var changes: [FileChange]
    /// The problems that `check` reports after the edit and not before; errors only if they were accepted.
    package var newDiagnostics: [Diagnostic]
    /// The path from git's top level to the repository, with a trailing `/`.
    package var pathPrefix: String

    /// The patch for `git apply`, byte for byte.
    package var patch: [UInt8] { UnifiedDiff(pathPrefix: pathPrefix).patch(changes) }

    /// The patch with every key hidden, for display.
    package var shownPatch: String {
        String(decoding: UnifiedDiff(pathPrefix: pathPrefix, isMasked: true).patch(changes), as: UTF8.self)
    }
}

/// A file after an edit, and its intended value.
package struct EditedFile: Sendable {
    package var change: FileChange
    /// The intended value; nil for a deleted file, and for an unchanged one.
    package var intended: JSONObject?

    package init(_ change: FileChange, intended: JSONObject? = nil) {
        self.change = change
        self.intended = intended
    }
}
