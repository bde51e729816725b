import Synchronization

/// A record of failures to lock the memory of secrets.
package enum MemoryLock {
    private static let hasFailed = Atomic(false)
    private static let isReported = Atomic(false)

    static func noteFailure() { hasFailed.store(true, ordering: .relaxed) }

    /// Returns true once after memory could not be locked, so that a single caller reports it.
    package static func takeFailure() -> Bool {
        hasFailed.load(ordering: .relaxed) && !isReported.exchange(true, ordering: .relaxed)
    }
}
