import ArgumentParser
import RosterFleet
import RosterModel
import RosterPublication
package import RosterServer

/// The options of `roster serve` for signed publications.
struct ServeFollowingOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Serve the newest publication of this address: oci://, https://, etcd:// or dir:; repeatable.",
            valueName: "source"
        )
    )
    var from: [AddressArgument] = []

    @Option(
        help: ArgumentHelp(
            "The public keys whose signatures are accepted, as PEM (default: ROSTER_TRUST). With --registry, FILE.dsse is required.",
            valueName: "file"
        )
    )
    var trust: String?

    @Option(help: "The channel that is served.")
    var channel = Channel.main

    @Option(
        help: ArgumentHelp(
            "Keep the last publication in this folder (default: STATE_DIRECTORY).",
            valueName: "dir"
        )
    )
    var state: String?

    @Option(
        help: ArgumentHelp("The time between two reads of a source (default: 15s).", valueName: "time"),
        transform: DurationArgument.parse
    )
    var poll = Self.usualPoll

    @Option(help: "What to do when the publication that is served expires.")
    var whenExpired = PublicationMonitor.Expiry.refuse

    @Option(
        help: ArgumentHelp("The time by which clocks may differ (default: 5m).", valueName: "time"),
        transform: DurationArgument.parse
    )
    var skew = Self.usualSkew

    @Option(
        help: ArgumentHelp(
            "Accept no publication that was issued before this time, such as 2026-11-28T20:58:38Z.",
            valueName: "time"
        ),
        transform: { argument in
            guard let time = Timestamp(argument) else {
                throw ValidationError("a time is written as in 2026-11-28T20:58:38Z")
            }
            return time
        }
    )
    var notBefore: Timestamp?

    @Option(
        help: ArgumentHelp("The maximum size of a registry (default: 64MiB).", valueName: "size"),
        transform: ByteCountArgument.parse
    )
    var maxRegistryBytes = Self.mostBytes

    private static let usualPoll = DurationArgument(seconds: 15, "15s")
    private static let usualSkew = DurationArgument(seconds: 300, "5m")
    private static let mostBytes = ByteCountArgument(bytes: PublicationLimits.registry, "64MiB")

    /// The names of the options that were given, and mean something for publications only.
    var givenNames: [String] {
        [
            ("--channel", channel != .main), ("--state", state != nil), ("--poll", poll != Self.usualPoll),
            ("--when-expired", whenExpired != .refuse), ("--skew", skew != Self.usualSkew),
            ("--not-before", notBefore != nil), ("--max-registry-bytes", maxRegistryBytes != Self.mostBytes),
        ].filter(\.1).map(\.0)
    }

    func validate() throws {
        if Set(from).count < from.count { throw ValidationError("--from names one source twice.") }
        if from.count > 4 { throw ValidationError("--from can be given at most 4 times.") }
        if poll.seconds < 1 || poll.seconds > 86_400 { throw ValidationError("--poll is a time from 1s to 1d.") }
        if skew.seconds > 86_400 { throw ValidationError("--skew is a time of at most 1d.") }
        guard (1...PublicationLimits.registry).contains(maxRegistryBytes.bytes) else {
            throw ValidationError("--max-registry-bytes is a size from 1 to 64MiB.")
        }
    }
}

extension PublicationMonitor.Expiry: ExpressibleByArgument {}
