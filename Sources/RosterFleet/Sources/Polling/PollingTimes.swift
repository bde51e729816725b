/// The times between the reads of a source.
struct PollingTimes {
    /// The shortest time between two reads that succeed.
    static let floor = Duration.seconds(1)
    /// The longest time after a failure that does not request a time.
    static let mostBackOff = Duration.seconds(60)
    /// The longest time that a source may request to wait.
    static let mostRequested = Duration.seconds(300)
    /// The usual time between two unconditional reads.
    static let unconditionalInterval = Duration.seconds(300)

    private let interval: Duration
    private var hasStarted = false
    /// The number of failures since the last success.
    private var failures = 0
    private var requested = Duration.zero
    /// The time that was waited since the last unconditional read that succeeded; nil when there was none.
    private var waited: Duration?
    private var unconditionalAfter = Duration.zero

    init(interval: Duration) { self.interval = interval }

    /// A Boolean value that indicates whether the read that follows must be unconditional.
    var isUnconditional: Bool { waited.map { $0 >= unconditionalAfter } ?? true }

    /// Returns the time to wait; nil before the first read.
    mutating func next(_ random: () -> Double) -> Duration? {
        guard hasStarted else {
            hasStarted = true
            return nil
        }
        let wait: Duration
        if failures == 0 {
            wait = max(Self.floor, Self.vary(interval, random))
        } else {
            // 2 ^ 6 seconds are more than the limit.
            let most = min(Self.mostBackOff, .seconds(1 << min(failures, 6)))
            wait = max(requested, most * random())
        }
        waited = waited.map { $0 + wait }
        return wait
    }

    mutating func noteSuccess(isUnconditional: Bool, _ random: () -> Double) {
        (failures, requested) = (0, .zero)
        guard isUnconditional else { return }
        waited = .zero
        unconditionalAfter = Self.vary(Self.unconditionalInterval, random)
    }

    mutating func note(_ problem: SourceProblem) {
        failures += 1
        requested = min(problem.retryAfter ?? .zero, Self.mostRequested)
    }

    /// Returns a time by up to a fifth shorter or longer.
    private static func vary(_ time: Duration, _ random: () -> Double) -> Duration { time * (0.8 + 0.4 * random()) }
}
