import Synchronization

/// Whether secrets could be kept out of the swap space.
package enum MemoryLock {
    private static let hasFailed = Atomic(false)
    private static let isReported = Atomic(false)

    static func noteFailure() { hasFailed.store(true, ordering: .relaxed) }

    /// True once, when memory could not be locked: the caller says so, and nobody says it again.
    package static func takeFailure() -> Bool {
        hasFailed.load(ordering: .relaxed) && !isReported.exchange(true, ordering: .relaxed)
    }
}
