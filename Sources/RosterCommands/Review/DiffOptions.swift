import ArgumentParser
import RosterReview

/// The arguments and options of `roster diff`.
struct DiffOptions: ParsableArguments {
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

    @OptionGroup var output: FormatOptions<ReviewFormat>
    var format: ReviewFormat { output.format }

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
}
