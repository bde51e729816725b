import RosterReview

/// The conditions under which `roster diff` fails, with their messages.
struct DiffGate {
    private let gate: ReviewGate
    private let context: CommandContext

    init(_ options: DiffOptions, _ context: CommandContext) {
        var gate = ReviewGate()
        gate.failOn = options.failOn
        gate.accepted = options.accept
        gate.isBaseImplied = options.base == nil && !options.isStaged
        gate.reportsChanges = options.hasDetailedExitCode
        (self.gate, self.context) = (gate, context)
    }

    /// The reason for comparing nothing: git implies no base.
    static let nothing = "there is nothing to compare with: no upstream, no origin/HEAD and no origin/main"
    static let remedy = "name the base: roster diff BASE"

    /// The failure of a gate that has no base.
    static var nothingToCompareWith: CommandFailure { .impossible(nothing, help: remedy) }

    /// Refuses a comparison of a commit with itself, without a base from the user: a gate must not pass for it.
    func refuseNothing(_ review: Review, _ sides: ComparedSides?) throws {
        guard gate.comparesNothing(review, areSameCommit: sides?.areSameCommit == true) else { return }
        throw CommandFailure.impossible(
            "there is nothing to compare: base and head are the same commit, and the working tree has no changes",
            help: Self.remedy
        )
    }

    /// Returns whether the user accepted the plan of a review, and reports another plan on standard error.
    func accepts(_ review: Review) throws -> Bool {
        guard let accept = gate.accepted else { return false }
        guard !gate.isAccepted(review) else { return true }
        let present = review.plan.map { "the present plan is \($0.digits)" } ?? "this comparison has no plan"
        try context.standardError.write("note: --accept \(accept.digits) is another plan: \(present)\n")
        return false
    }

    /// Throws the failure that the options ask for.
    func check(_ review: Review, _ rendering: ReviewRendering) throws {
        switch gate.verdict(on: review, omitsHighRisk: rendering.omitsHighRisk) {
        case .passes: break
        case .hasChanges: throw CommandFailure(exitCode: 2)
        case .fails: throw CommandFailure.findings
        }
    }
}

extension DiffOptions {
    /// Returns the revisions that the arguments name.
    func revisions() throws -> ComparedRevisions {
        try ComparedRevisions(base: base, head: head, isExact: isExact, isStaged: isStaged)
    }
}
