public import ArgumentParser
import RosterFleet
public import RosterModel
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

    @Option(help: ArgumentHelp("The time between two reads of a source.", valueName: "time"))
    var poll = DurationArgument(seconds: 15, "15s")

    @Option(help: "What to do when the publication that is served expires.")
    var whenExpired = PublicationMonitor.Expiry.refuse

    @Option(help: ArgumentHelp("The time by which clocks may differ.", valueName: "time"))
    var skew = DurationArgument(seconds: 300, "5m")

    @Option(
        help: ArgumentHelp(
            "Accept no publication that was issued before this time, such as 2026-11-28T20:58:38Z.",
            valueName: "time"
        )
    )
    var notBefore: Timestamp?

    @Option(help: ArgumentHelp("The maximum size of a registry.", valueName: "size"))
    var maxRegistryBytes = ByteCountArgument(bytes: PublicationLimits.registry, "64MiB")

    func validate() throws {
        if from.count > 4 { throw ValidationError("--from can be given at most 4 times.") }
        if poll.seconds < 1 || poll.seconds > 86_400 { throw ValidationError("--poll is a time from 1s to 1d.") }
        if skew.seconds > 86_400 { throw ValidationError("--skew is a time of at most 1d.") }
        guard (1...PublicationLimits.registry).contains(maxRegistryBytes.bytes) else {
            throw ValidationError("--max-registry-bytes is a size from 1 to 64MiB.")
        }
    }
}

extension PublicationMonitor.Expiry: ExpressibleByArgument {}

extension Timestamp: ExpressibleByArgument {
    /// Reads a moment such as `2026-11-28T20:58:38Z`.
    public init?(argument: String) { self.init(argument) }
}
