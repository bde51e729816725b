import RosterReview

/// The conditions under which `roster diff` fails.
struct DiffGate {
    private let options: DiffOptions
    private let context: CommandContext

    init(_ options: DiffOptions, _ context: CommandContext) { (self.options, self.context) = (options, context) }

    /// The reason for comparing nothing: git implies no base.
    static let nothing = "there is nothing to compare with: no upstream, no origin/HEAD and no origin/main"
    static let remedy = "name the base: roster diff BASE"

    /// The failure of a gate that has no base.
    static var nothingToCompareWith: CommandFailure { .impossible(nothing, help: remedy) }

    /// Refuses a comparison of a commit with itself, without a base from the user: a gate must not pass for it.
    func refuseNothing(_ review: Review, _ sides: ComparedSides?) throws {
        let isImplied = options.base == nil && !options.isStaged
        guard options.failOn != nil, isImplied, sides?.areSameCommit == true, review.changes.isEmpty,
            review.newErrors == 0
        else { return }
        throw CommandFailure.impossible(
            "there is nothing to compare: base and head are the same commit, and the working tree has no changes",
            help: Self.remedy
        )
    }

    /// Returns whether the user accepted the plan of a review, and reports another plan on standard error.
    func accepts(_ review: Review) throws -> Bool {
        guard let accept = options.accept else { return false }
        guard accept != review.plan else { return true }
        let present = review.plan.map { "the present plan is \($0.digits)" } ?? "this comparison has no plan"
        try context.standardError.write("note: --accept \(accept.digits) is another plan: \(present)\n")
        return false
    }

    /// Throws the failure that the options ask for.
    func check(_ review: Review, _ rendering: ReviewRendering, isAccepted: Bool) throws {
        // --fail-on takes precedence over --detailed-exitcode: a 2 must not count as a pass.
        if let failOn = options.failOn {
            // A reader cannot approve a high risk that the text has no room for.
            if rendering.omitsHighRisk { throw CommandFailure.findings }
            if let highest = review.highest, highest >= failOn, !isAccepted { throw CommandFailure.findings }
        }
        if options.hasDetailedExitCode, !review.changes.isEmpty { throw CommandFailure(exitCode: 2) }
    }
}

extension DiffOptions {
    /// Returns the revisions that the arguments name.
    func revisions() throws -> ComparedRevisions {
        try ComparedRevisions(base: base, head: head, isExact: isExact, isStaged: isStaged)
    }
}
