/// The conditions under which a review passes.
package struct ReviewGate: Sendable {
    /// The lowest risk that does not pass; nil when every risk passes.
    package var failOn: Risk?
    /// The plan that a reviewer accepted, which passes with any risk.
    package var accepted: Plan?
    /// A Boolean value that indicates whether the base was chosen without a word of the user.
    package var isBaseImplied = false
    /// A Boolean value that indicates whether changes without a failing risk are reported as changes.
    package var reportsChanges = false

    /// The result of a review.
    package enum Verdict: Sendable, Hashable {
        case passes
        case hasChanges
        case fails
    }

    /// Creates a gate that every review passes.
    package init() {}

    /// Returns whether the gate would pass only because a commit is compared with itself.
    package func comparesNothing(_ review: Review, areSameCommit: Bool) -> Bool {
        failOn != nil && isBaseImplied && areSameCommit && !review.hasChanges
    }

    /// Returns whether a reviewer accepted exactly this review.
    package func isAccepted(_ review: Review) -> Bool { accepted != nil && accepted == review.plan }

    /// Returns the verdict on a review.
    ///
    /// - Parameters:
    ///   - review: the review.
    ///   - omitsHighRisk: true when its text has no room for a high risk, which a reader then cannot approve.
    /// - Returns: the verdict; a failing risk takes precedence over other changes.
    package func verdict(on review: Review, omitsHighRisk: Bool) -> Verdict {
        if let failOn {
            if omitsHighRisk { return .fails }
            if let highest = review.highest, highest >= failOn, !isAccepted(review) { return .fails }
        }
        return reportsChanges && !review.changes.isEmpty ? .hasChanges : .passes
    }
}
