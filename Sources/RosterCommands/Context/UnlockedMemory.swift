import SealedBoxes
import Synchronization

/// The state of memory for secrets that could not be locked, which a command reports once.
package final class UnlockedMemory: Sendable {
    private let hasFailed: @Sendable () -> Bool
    private let isReported = Atomic(false)

    /// The warning.
    static let warning = "warning: memory for secrets could not be locked; it may be swapped out\n"

    /// Creates the state of this process, or of a test.
    package init(hasFailed: @escaping @Sendable () -> Bool = { MemoryLock.hasFailed }) { self.hasFailed = hasFailed }

    /// Returns true once after memory could not be locked.
    func isNews() -> Bool { hasFailed() && !isReported.exchange(true, ordering: .relaxed) }
}
