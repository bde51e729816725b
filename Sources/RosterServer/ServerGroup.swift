import Logging
import ServiceLifecycle
import UnixSignals

/// The services of `roster serve`.
package enum ServerGroup {
    /// Serves until `SIGTERM` or `SIGINT`, then finishes the requests in progress.
    package static func run(_ reloader: Reloader, _ server: HTTPServer) async throws {
        // Each service writes its own log lines.
        let silent = Logger(label: "roster.services") { _ in SwiftLogNoOpLogHandler() }
        let configuration = ServiceGroupConfiguration(
            services: [
                .init(service: reloader),
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: silent
        )
        try await ServiceGroup(configuration: configuration).run()
    }
}
