import Logging
import ServiceLifecycle
import UnixSignals

/// The services of `roster serve`.
package enum ServerGroup {
    /// Serves until the task is cancelled, then finishes the requests in progress.
    ///
    /// With `stopsOnSignals`, `SIGTERM` and `SIGINT` stop the services too.
    package static func run(_ reloader: Reloader, _ server: HTTPServer, stopsOnSignals: Bool) async throws {
        // Each service writes its own log lines.
        let silent = Logger(label: "roster.services") { _ in SwiftLogNoOpLogHandler() }
        let configuration = ServiceGroupConfiguration(
            services: [
                .init(service: reloader),
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [],
            logger: silent
        )
        let group = ServiceGroup(configuration: configuration)
        // A task of its own: a cancelled group would not finish the requests in progress.
        let services = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await services.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }
}
