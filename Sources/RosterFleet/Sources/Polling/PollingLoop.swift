/// The reads of one source in the order of time.
actor PollingLoop<Source: PolledSource> {
    private let source: Source
    private let schedule: Schedule
    private var times: PollingTimes
    /// The manifest of the last event.
    private var manifest: [UInt8]?

    init(source: Source, schedule: Schedule) {
        (self.source, self.schedule) = (source, schedule)
        times = PollingTimes(interval: source.interval)
    }

    /// Waits and reads the source; nil when the task was cancelled.
    func next() async -> SourceEvent? {
        if let wait = times.next(schedule.random) {
            guard await schedule.sleep(wait) else { return nil }
        }
        let isUnconditional = times.isUnconditional
        let event: SourceEvent
        do throws(SourceProblem) {
            switch try await source.check(unconditionally: isUnconditional) {
            case .manifest(let bytes) where bytes != manifest:
                manifest = bytes
                event = .manifest(bytes)
            case .manifest, .same: event = .same
            }
            times.noteSuccess(isUnconditional: isUnconditional, schedule.random)
        } catch {
            times.note(error)
            event = .failed(error)
        }
        return Task.isCancelled ? nil : event
    }
}
