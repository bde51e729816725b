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
            name is left out. Changes to keys and access are always compared with the tip of BASE.

            The first line on standard error names what is compared.

            Exit codes: 1 with --fail-on when a change has at least that risk, else 2 with --detailed-exitcode when \
            there are changes. 3 when the base cannot be determined.
            """
    )
    static let examples = ["roster diff origin/main --fail-on high", "roster diff HEAD~1 HEAD --json"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var options: DiffOptions

    func run(_ context: CommandContext) async throws {
        let revisions = try options.revisions()
        let run = try await ReviewRun(globals, context)
        let sides = try await run { try await $0.sides(revisions) }
        let gate = DiffGate(options, context)
        guard sides != nil || options.failOn == nil else { throw DiffGate.nothingToCompareWith }
        try write(sides?.caption ?? DiffGate.nothing + ": " + DiffGate.remedy, context)
        try IdentityNotice.write(context, isQuiet: globals.quiet)
        let review = try await review(of: sides, run)
        try gate.refuseNothing(review, sides)
        let isAccepted = try gate.accepts(review)
        let rendering = review.rendering(
            as: options.format,
            options: context.renderOptions(globals),
            comment: CommentOptions(links: options.link, gate: options.failOn, isAccepted: isAccepted)
        )
        try context.standardOutput.write(rendering.text)
        try gate.check(review, rendering)
    }

    private func review(of sides: ComparedSides?, _ run: ReviewRun) async throws -> Review {
        guard let sides else {
            return Review(base: Review.Side(), head: Review.Side(), changes: [], notes: [DiffGate.nothing])
        }
        let (isComplete, wantsLinks) = (
            options.format == .json || options.format == .markdown, options.format == .markdown
        )
        return try await run { try await $0.review(sides, wantsDigests: isComplete, wantsLinks: wantsLinks) }
    }

    /// Writes the line that names what is compared, which can contain the user's words.
    private func write(_ caption: String, _ context: CommandContext) throws {
        guard !globals.quiet else { return }
        let line = PrintableText.escape(caption, breakingCommands: context.isGitHubActions)
        try context.standardError.write(line + "\n")
    }
}
