import Synchronization

/// A record of failures to lock the memory of secrets.
package enum MemoryLock {
    private static let failed = Atomic(false)

    static func noteFailure() { failed.store(true, ordering: .relaxed) }

    /// A Boolean value that indicates whether memory for secrets could not be locked in this process so far.
    package static var hasFailed: Bool { failed.load(ordering: .relaxed) }
}
