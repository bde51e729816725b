package import RosterEditing

/// Makes the edits of a plan in the files that the records come from.
package struct EditWriter: Sendable {
    /// Makes the edits, or none of them.
    let write: @Sendable (EditPlan) throws(EditFailure) -> Void

    package init(_ write: @escaping @Sendable (EditPlan) throws(EditFailure) -> Void) { self.write = write }
}
