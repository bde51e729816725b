import ArgumentParser
import RosterPublication

/// The options of `roster publish` about the publication and its guards.
struct PublishOptions: ParsableArguments {
    @Option(help: "The channel that servers follow.")
    var channel = Channel.main

    @Option(help: ArgumentHelp("The private key, as PEM (default: ROSTER_PUBLISHING_KEY).", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp("The time after which servers refuse it (default: 14d).", valueName: "time"),
        transform: DurationArgument.parse
    )
    var validFor = DurationArgument(seconds: 14 * 86_400, "14d")

    @Flag(help: "Publish the same registry again, too, with a new serial and a new validity.")
    var refresh = false

    @Flag(help: "Publish a commit that is not a descendant of the published one.")
    var allowOlder = false

    @Flag(help: "Publish fewer than half of the published providers, or none.")
    var allowShrink = false

    @Option(help: ArgumentHelp("The older publications that stay.", valueName: "number"))
    var keep = 10

    @Flag(help: "Check everything, and write nothing.")
    var dryRun = false

    func validate() throws {
        guard (1...366 * 86_400).contains(validFor.seconds) else {
            throw ValidationError("--valid-for is a time from 1s to 366d.")
        }
        guard (0...100).contains(keep) else { throw ValidationError("--keep is a number from 0 to 100.") }
    }
}
