import CoreMetrics
import RosterModel

/// The server's metrics.
///
/// Labels are route templates and statuses only: no request can create a new one. Metrics do not
/// depend on the contents of the registry, since reading them requires no token.
package final class ServerMetrics: Sendable {
    /// Statuses that are counted one by one; any other counts as 500.
    private static let statuses = [
        200, 202, 303, 304, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 417, 421, 422, 429, 431, 500, 501, 503,
    ]

    private let prometheus: PrometheusMetrics
    /// By route and, within it, by status.
    private let requests: [Counter]
    private let durations: [CoreMetrics.Timer]
    private let connections: Meter
    private let reloads: [Bool: Counter]
    private let isCurrent: Meter
    private let loadedAt: Meter

    /// Creates metrics that start at zero.
    package init() {
        let prometheus = PrometheusMetrics([
            .init(name: "roster_http_requests_total", kind: "counter", explanation: "Requests answered."),
            .init(
                name: "roster_http_request_duration_seconds",
                kind: "histogram",
                explanation: "From a request's end to its answer."
            ),
            .init(name: "roster_http_connections", kind: "gauge", explanation: "Connections that are open."),
            .init(name: "roster_reloads_total", kind: "counter", explanation: "Attempts to load the registry."),
            .init(
                name: "roster_registry_current",
                kind: "gauge",
                explanation: "1 when the last attempt was served, 0 when an older registry is, or none."
            ),
            .init(
                name: "roster_registry_loaded_timestamp_seconds",
                kind: "gauge",
                explanation: "When the registry that is served was loaded."
            ),
        ])
        self.prometheus = prometheus
        requests = Route.templates.flatMap { route in
            Self.statuses.map { status in
                Counter(
                    label: "roster_http_requests_total",
                    dimensions: [("route", route.template), ("status", String(status))],
                    factory: prometheus
                )
            }
        }
        durations = Route.templates.map { route in
            CoreMetrics.Timer(
                label: "roster_http_request_duration_seconds",
                dimensions: [("route", route.template)],
                factory: prometheus
            )
        }
        connections = Meter(label: "roster_http_connections", factory: prometheus)
        reloads = Dictionary(
            uniqueKeysWithValues: [true, false].map { isGood in
                let result = isGood ? "ok" : "failed"
                return (
                    isGood,
                    Counter(label: "roster_reloads_total", dimensions: [("result", result)], factory: prometheus)
                )
            }
        )
        isCurrent = Meter(label: "roster_registry_current", factory: prometheus)
        loadedAt = Meter(label: "roster_registry_loaded_timestamp_seconds", factory: prometheus)
        connections.set(0)
        isCurrent.set(0)
    }

    /// Counts an answer.
    func count(_ route: Route, status: Int, nanoseconds: Int64) {
        let index = status < Self.statusIndex.count ? Int(Self.statusIndex[status]) : Self.otherStatus
        requests[route.index * Self.statuses.count + index].increment()
        durations[route.index].recordNanoseconds(nanoseconds)
    }

    private static let otherStatus = statuses.firstIndex(of: 500) ?? 0
    /// The position of each status among those that are counted.
    private static let statusIndex: [UInt8] = (0..<600).map { UInt8(statuses.firstIndex(of: $0) ?? otherStatus) }

    /// Counts a connection that opens or, with -1, closes.
    func countConnection(_ change: Int) {
        if change > 0 { connections.increment(by: 1) } else { connections.decrement(by: 1) }
    }

    /// Counts an attempt to load the registry.
    package func countReload(isGood: Bool) {
        reloads[isGood]?.increment()
        isCurrent.set(isGood ? 1 : 0)
    }

    /// Returns all metrics in the format of a scrape.
    func text(_ store: SnapshotStore) -> String {
        if let snapshot = store.snapshot { loadedAt.set(snapshot.loadedAt.secondsSince1970) }
        return prometheus.text + (store.publication.map { PublicationMetrics.text(of: $0) } ?? "")
    }
}
