import ArgumentParser
import RosterDiagnostics
import RosterReview

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what a change means, and how grave it is.",
        discussion: """
            Compares two revisions record by record, straight from git. Without BASE it compares with the commit where \
            this branch left its upstream; without HEAD, the working tree.

            Exit codes: 1 with --fail-on when a change is that grave, else 2 with --detailed-exitcode when there are \
            changes.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("What there was: a commit, tag or branch.", valueName: "base"))
    var base: String?

    @Argument(help: ArgumentHelp("What there is to be (default: the working tree).", valueName: "head"))
    var head: String?

    @Option(help: "How to print it.")
    var format: ReviewFormat = .text

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when there are changes.")
    var hasDetailedExitCode = false

    @Option(help: ArgumentHelp("Exit with 1 when a change is at least so grave.", valueName: "risk"))
    var failOn: Risk?

    @Option(
        help: ArgumentHelp(
            "Let --fail-on pass for exactly this plan, which the last line of the text and the comment name.",
            valueName: "plan"
        )
    )
    var accept: Plan?

    func run() async throws {
        let context = CommandContext.process
        try IdentityNotice.write(context, isQuiet: globals.quiet)
        let session = try await ReviewSession(globals, context)
        let isWhole = format == .json || format == .markdown
        let review = try await session.reporting {
            let sides = try await session.sides(base: base, head: head)
            return try await session.review(sides, wantsDigests: isWhole, wantsLinks: format == .markdown)
        }
        let rendering = review.rendering(
            as: format,
            options: RenderOptions(
                useColor: context.usesColor(globals.color, on: context.standardOutput),
                isQuiet: globals.quiet,
                breaksWorkflowCommands: context.isGitHubActions
            )
        )
        try context.standardOutput.write(rendering.text)
        // The gate wins: whoever set it must not take a 2 for a pass.
        let isAccepted = try accepts(review, context)
        if let failOn {
            // A high risk that the text has no room for cannot be approved by its reader.
            if rendering.omitsHighRisk { throw CommandFailure.findings }
            if let highest = review.highest, highest >= failOn, !isAccepted { throw CommandFailure.findings }
        }
        if hasDetailedExitCode, !review.changes.isEmpty { throw CommandFailure(exitCode: 2) }
    }

    /// Returns whether the user accepted the plan of a review, and reports another plan on standard error.
    private func accepts(_ review: Review, _ context: CommandContext) throws -> Bool {
        guard let accept else { return false }
        guard accept != review.plan else { return true }
        let present = review.plan.map { "the present plan is \($0.digits)" } ?? "this comparison has no plan"
        try context.standardError.write("note: --accept \(accept.digits) is another plan: \(present)\n")
        return false
    }
}
