package import RosterDiagnostics
package import RosterJSON
import RosterModel

/// What an edit would do to the files, and what `check` would say then.
package struct EditPlan: Sendable {
    /// In the order in which they are made.
    package var changes: [FileChange]
    /// What `check` finds afterwards and did not find before: errors only when they were accepted.
    package var newDiagnostics: [Diagnostic]
    /// The way from git's top level to the repository, with a `/` at its end.
    package var pathPrefix: String

    /// The patch that `git apply` takes, byte for byte.
    package var patch: [UInt8] { UnifiedDiff(pathPrefix: pathPrefix).patch(changes) }

    /// The same with every key hidden, for showing.
    package var shownPatch: String {
        String(decoding: UnifiedDiff(pathPrefix: pathPrefix, isMasked: true).patch(changes), as: UTF8.self)
    }
}

/// A file as an edit leaves it, and what it is to say.
package struct EditedFile: Sendable {
    package var change: FileChange
    /// Nil for a file that goes, and for one that stays as it is.
    package var intended: JSONObject?

    package init(_ change: FileChange, intended: JSONObject? = nil) {
        self.change = change
        self.intended = intended
    }
}
