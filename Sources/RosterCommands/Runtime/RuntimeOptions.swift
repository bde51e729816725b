import ArgumentParser
import RosterRuntime
import RosterWorkspace

/// Options of the commands that use a provider.
struct RuntimeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read a compiled registry instead of a repository.", valueName: "file"))
    var registry: String?

    @Option(
        help: ArgumentHelp("The longest that connecting may take, in seconds.", valueName: "seconds")
    )
    var connectTimeout: Double = 10

    @Option(help: ArgumentHelp("The longest that one request may take, in seconds.", valueName: "seconds"))
    var timeout: Double = 60

    func validate() throws {
        for seconds in [connectTimeout, timeout] {
            guard seconds > 0, seconds <= 86_400 else {
                throw ValidationError("A timeout is a number of seconds, at most 86400.")
            }
        }
    }

    /// The limits of a client.
    var limits: ClientLimits {
        var limits = ClientLimits()
        limits.connect = .milliseconds(Int64(connectTimeout * 1000))
        limits.total = .milliseconds(Int64(timeout * 1000))
        return limits
    }
}
