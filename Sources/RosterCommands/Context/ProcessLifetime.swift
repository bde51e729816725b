import Synchronization

/// What stays until the process ends.
enum ProcessLifetime {
    private static let kept = Mutex<[any Sendable]>([])

    /// Keeps a value for good.
    ///
    /// A command that is done with a repository of many thousand files would spend a tenth of its time on giving each piece
    /// of memory back, just before the system takes all of it at once.
    static func keep(_ value: some Sendable) { kept.withLock { $0.append(value) } }
}
