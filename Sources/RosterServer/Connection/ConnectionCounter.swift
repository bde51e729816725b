import Synchronization

/// How many connections are open, over all event loops.
final class ConnectionCounter: Sendable {
    private let count = Atomic<Int>(0)
    private let metrics: ServerMetrics

    init(_ metrics: ServerMetrics) { self.metrics = metrics }

    /// Counts one more; how many there are with it.
    func noteOpening() -> Int {
        metrics.countConnection(1)
        return count.add(1, ordering: .relaxed).newValue
    }

    /// Counts one less; who reads the metric finds that there is room for another.
    func noteClosing() {
        count.subtract(1, ordering: .sequentiallyConsistent)
        metrics.countConnection(-1)
    }
}
