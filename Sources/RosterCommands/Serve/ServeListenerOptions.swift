import ArgumentParser
import RosterServer

/// The address of `roster serve`, and how it answers there.
struct ServeListenerOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 4100

    @Option(help: "The format of the log on standard error.")
    var logFormat = RequestLog.Format.text

    @Option(help: "debug logs requests of health checks and metrics, too.")
    var logLevel = RequestLog.Level.info

    @Flag(name: .customLong("no-replay"), help: "Decode every request, also one that was answered a moment ago.")
    var isReplayDisabled = false

    @Flag(name: .customLong("no-page"), help: "Serve the API only, without the pages for people.")
    var isPageDisabled = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A proxy whose X-Forwarded-For is trusted, for the limit of wrong tokens; repeatable.",
            valueName: "address or network"
        )
    )
    var trustedProxy: [AddressNetwork] = []
}

extension RequestLog.Format: ExpressibleByArgument {}
extension RequestLog.Level: ExpressibleByArgument {}

extension AddressNetwork: ExpressibleByArgument {
    /// Parses an argument.
    public init?(argument: String) { self.init(argument) }
}
