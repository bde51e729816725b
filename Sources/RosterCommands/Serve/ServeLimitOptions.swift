import ArgumentParser
import RosterServer

/// The limits for clients of `roster serve`.
struct ServeLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Bytes of request line and header fields.", valueName: "bytes"))
    var maxHeadBytes = ServerLimits().headBytes

    @Option(help: ArgumentHelp("Header fields of a request.", valueName: "number"))
    var maxHeaderFields = ServerLimits().headerFields

    @Option(help: ArgumentHelp("Bytes of a request's body.", valueName: "bytes"))
    var maxBodyBytes = ServerLimits().bodyBytes

    @Option(help: ArgumentHelp("Seconds to send a request's head.", valueName: "seconds"))
    var headTimeout = ServerLimits().headSeconds

    @Option(help: ArgumentHelp("Seconds without a byte.", valueName: "seconds"))
    var idleTimeout = ServerLimits().idleSeconds

    @Option(help: ArgumentHelp("Open connections.", valueName: "number"))
    var maxConnections = ServerLimits().connections

    func validate() throws {
        let numbers = [maxHeadBytes, maxHeaderFields, maxBodyBytes, headTimeout, idleTimeout, maxConnections]
        guard numbers.allSatisfy({ (1...1_000_000_000).contains($0) }) else {
            throw ValidationError("A limit is a whole number from 1.")
        }
    }

    /// The limits as the server takes them.
    var limits: ServerLimits {
        var limits = ServerLimits()
        limits.headBytes = maxHeadBytes
        limits.headerFields = maxHeaderFields
        limits.bodyBytes = maxBodyBytes
        limits.headSeconds = headTimeout
        limits.idleSeconds = idleTimeout
        limits.connections = maxConnections
        return limits
    }
}
