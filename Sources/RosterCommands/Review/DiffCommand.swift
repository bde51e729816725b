import ArgumentParser
import RosterBytes
import RosterDiagnostics
import RosterReview
import RosterSemantics

struct DiffCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Report what a change means, and its risk.",
        discussion: """
            Compares two states record by record, straight from git. With BASE and HEAD (also BASE...HEAD) it reports \
            what HEAD changed since it left BASE, as a pull request does: the base is the merge base of the two. \
            BASE..HEAD and --exact compare with BASE itself. Without HEAD it compares the working tree. Without BASE it \
            takes the upstream of the branch, or else the default branch of origin; an upstream with the branch's own \
            name is left out. Changes to keys and access are always judged by the tip of BASE.

            The first line on standard error names what is compared.

            Exit codes: 1 with --fail-on when a change has at least that risk, else 2 with --detailed-exitcode when \
            there are changes. 3 when the base cannot be told.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The base, or a range: a commit, tag or branch.", valueName: "base"))
    var base: String?

    @Argument(help: ArgumentHelp("The head (default: the working tree).", valueName: "head"))
    var head: String?

    @Flag(name: .customLong("exact"), help: "Compare with BASE itself, not with the merge base.")
    var isExact = false

    @Flag(
        name: .customLong("staged"),
        help: "Compare the files that are staged, which the next commit will hold; BASE is HEAD when omitted."
    )
    var isStaged = false

    @Option(help: "How to print it.")
    var format: ReviewFormat = .text

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when there are changes.")
    var hasDetailedExitCode = false

    @Option(help: ArgumentHelp("Exit with 1 when a change has at least this risk.", valueName: "risk"))
    var failOn: Risk?

    @Option(
        help: ArgumentHelp(
            "Let --fail-on pass for exactly this plan, which the last line of the text and the comment name.",
            valueName: "plan"
        )
    )
    var accept: Plan?

    @Option(
        help: ArgumentHelp(
            "Link rows of the comment to files below this address, such as https://github.com/O/R/blob/COMMIT.",
            valueName: "url"
        )
    )
    var link: LinkBase?

    func run(_ context: CommandContext) async throws {
        let revisions = try ComparedRevisions(base: base, head: head, isExact: isExact, isStaged: isStaged)
        let session = try await ReviewSession(globals, context)
        let sides = try await session.reporting { try await session.sides(revisions) }
        guard sides != nil || failOn == nil else { throw CommandFailure.impossible(Self.nothing, help: Self.remedy) }
        try write(sides?.caption ?? "\(Self.nothing): \(Self.remedy)", context)
        try IdentityNotice.write(context, isQuiet: globals.quiet)
        let review: Review
        if let sides {
            let isWhole = format == .json || format == .markdown
            review = try await session.reporting {
                try await session.review(sides, wantsDigests: isWhole, wantsLinks: format == .markdown)
            }
        } else {
            review = Review(base: Review.Side(), head: Review.Side(), changes: [], notes: [Self.nothing])
        }
        // Without a base of the user's, a gate must not take "nothing was compared" for a pass.
        let isImplied = base == nil && !isStaged
        if failOn != nil, isImplied, sides?.areSameCommit == true, review.changes.isEmpty, review.newErrors == 0 {
            throw CommandFailure.impossible(
                "there is nothing to compare: base and head are the same commit, and the working tree has no changes",
                help: Self.remedy
            )
        }
        let isAccepted = try accepts(review, context)
        let rendering = review.rendering(
            as: format,
            options: RenderOptions(
                useColor: context.usesColor(globals.color, on: context.standardOutput),
                isQuiet: globals.quiet,
                breaksWorkflowCommands: context.isGitHubActions
            ),
            comment: CommentOptions(links: link, gate: failOn, isAccepted: isAccepted)
        )
        try context.standardOutput.write(rendering.text)
        // The gate wins: whoever set it must not take a 2 for a pass.
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

    private static let nothing = "there is nothing to compare with: no upstream, no origin/HEAD and no origin/main"
    private static let remedy = "name the base: roster diff BASE"

    /// Writes the line that names what is compared, in which the user's words can be.
    private func write(_ caption: String, _ context: CommandContext) throws {
        guard !globals.quiet else { return }
        let line = PrintableText.escape(caption, breakingCommands: context.isGitHubActions)
        try context.standardError.write(line + "\n")
    }
}
