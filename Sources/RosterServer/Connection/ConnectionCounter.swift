import Synchronization

/// The number of open connections of all event loops.
final class ConnectionCounter: Sendable {
    private let count = Atomic<Int>(0)
    private let metrics: ServerMetrics

    init(_ metrics: ServerMetrics) { self.metrics = metrics }

    /// Counts a connection, and returns the number with it.
    func noteOpening() -> Int {
        metrics.countConnection(1)
        return count.add(1, ordering: .relaxed).newValue
    }

    /// Counts a connection that closed; the metric changes last, so that its readers find room for another.
    func noteClosing() {
        count.subtract(1, ordering: .sequentiallyConsistent)
        metrics.countConnection(-1)
    }
}
