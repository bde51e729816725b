import Synchronization

/// The events that are not read yet: at most one manifest, which is the newest, and at most one report after it.
final class EventMailbox: Sendable {
    private struct State {
        var manifest: SourceEvent?
        var report: SourceEvent?
        var reader: CheckedContinuation<Void, Never>?
        var isClosed = false

        mutating func take() -> SourceEvent? {
            if let event = manifest {
                manifest = nil
                return event
            }
            defer { report = nil }
            return report
        }
    }

    private let state = Mutex(State())

    /// Adds an event, which replaces older ones that are not read yet.
    func add(_ event: SourceEvent) {
        let reader = state.withLock { state in
            if case .manifest = event {
                (state.manifest, state.report) = (event, nil)
            } else {
                state.report = event
            }
            return state.reader.take()
        }
        reader?.resume()
    }

    /// Waits for an event; nil when the task was cancelled.
    ///
    /// One task at a time may wait.
    func next() async -> SourceEvent? {
        while !Task.isCancelled {
            if let event = state.withLock({ $0.take() }) { return event }
            await wait()
        }
        return nil
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    guard state.manifest == nil, state.report == nil, !state.isClosed else { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let reader = state.withLock { state in
                state.isClosed = true
                return state.reader.take()
            }
            reader?.resume()
        }
    }
}
