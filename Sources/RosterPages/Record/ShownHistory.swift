package import RosterModel
package import RosterReview

/// The history of a provider as a reader may see it.
package struct ShownHistory: Sendable {
    /// A commit that changed the provider.
    package struct Entry: Sendable {
        /// The id of the commit.
        package var commit: String
        /// The committer's date.
        package var committedAt: Timestamp?
        /// The name of the author.
        package var author: String
        /// The first line of the message; nil for a reader who may not list everything, since it may name anything.
        package var subject: String?
        /// The kind of change.
        package var action: Change.Action
        /// The reasons of its risk, the most severe first.
        package var reasons: [Change.Reason]
        /// The fields that differ.
        package var fields: [Change.Field]

        /// Creates an entry from its parts.
        package init(
            commit: String,
            committedAt: Timestamp?,
            author: String,
            subject: String?,
            action: Change.Action,
            reasons: [Change.Reason],
            fields: [Change.Field]
        ) {
            (self.commit, self.committedAt, self.author, self.subject) = (commit, committedAt, author, subject)
            (self.action, self.reasons, self.fields) = (action, reasons, fields)
        }
    }

    /// The last change of a member of the file.
    package enum LastChange: Sendable, Hashable {
        case notCommitted
        /// The position of the commit's entry.
        case entry(Int)
    }

    /// The changes, newest first.
    package var entries: [Entry] = []
    /// A Boolean value that indicates whether there are earlier changes.
    package var hasOlder = false
    /// A Boolean value that indicates whether the reader may not see some of the changes.
    package var isPartial = false
    /// The last change of each member of the file, as far as it is known.
    package var lastChanges: [String: LastChange] = [:]

    /// Creates a history without changes.
    package init() {}
}

/// The state of the history of a provider on its page.
package enum RecordHistory: Sendable {
    /// The registry does not come from git, or nothing is committed.
    case none
    /// The history is being read.
    case unfinished
    /// The history cannot be read, in a sentence without a full stop.
    case failed(String)
    case shown(ShownHistory)
}
