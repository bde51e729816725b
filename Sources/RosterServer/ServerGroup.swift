import Logging
import ServiceLifecycle
import UnixSignals

/// The services of `roster serve`, together.
package enum ServerGroup {
    /// Serves until `SIGTERM` or `SIGINT`, and then until what is under way is finished.
    package static func run(_ reloader: Reloader, _ server: HTTPServer) async throws {
        // What the services do is in their own log lines.
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
