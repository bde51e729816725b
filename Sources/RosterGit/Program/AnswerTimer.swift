import Synchronization

/// Measures the time spent waiting for a program, and reports when it exceeds a limit.
///
/// Only the time in which an answer is awaited counts; an idle process has no limit. A program that answers a byte at a
/// time gets no more time than one that does not answer: the time starts over only after a whole answer, or after
/// ``Patience/bytes`` bytes.
///
/// Time in which this process was too busy to run its own tasks does not count: an answer may have arrived meanwhile.
final class AnswerTimer: Sendable {
    /// The limits of the time that a program may take.
    struct Patience: Sendable {
        /// The longest that one answer may take, or the first ``bytes`` of a long one.
        var answer: Duration
        /// The longest that each further ``bytes`` of a long answer may take; as long as the first when nil.
        var further: Duration?
        /// The longest that all answers of one process may take together.
        var total: Duration = .seconds(600)
        /// The number of bytes after which the time starts over.
        var bytes = 4_096

        /// The time for each part of a long history, during which git may print nothing for a while.
        static let longHistory = Patience(answer: .seconds(300))
    }

    private struct State {
        var left: Duration
        var total: Duration
        var received = 0
        var waitingSince: ContinuousClock.Instant?
        var isExpired = false
        var isOver = false
        var awaitedFile: String?
    }

    private let patience: Patience
    private let state: Mutex<State>

    init(_ patience: Patience) {
        self.patience = patience
        state = Mutex(State(left: patience.answer, total: patience.total))
    }

    /// The remaining time for the current answer, not counting the current wait.
    var left: Duration { state.withLock { $0.left } }

    /// A Boolean value that indicates whether the program took too long and was ended.
    var isExpired: Bool { state.withLock { $0.isExpired } }

    /// The file that the program was opening or reading when it was ended; nil when that is unknown.
    var awaitedFile: String? { state.withLock { $0.awaitedFile } }

    /// Notes the file that the program is opening or reading.
    func note(awaitedFile: String?) { state.withLock { $0.awaitedFile = awaitedFile } }

    /// Starts a wait.
    func begin() { state.withLock { $0.waitingSince = .now } }

    /// Ends a wait that returned some bytes.
    func end(received count: Int) {
        state.withLock { state in
            guard let start = state.waitingSince else { return }
            state.waitingSince = nil
            let time = start.duration(to: .now)
            state.left -= time
            state.total -= time
            state.received += count
            guard state.received >= patience.bytes else { return }
            (state.left, state.received) = (patience.further ?? patience.answer, 0)
        }
    }

    /// Starts the time over after a whole answer.
    func answered() { state.withLock { ($0.left, $0.received) = (patience.answer, 0) } }

    /// Stops measuring after the process has exited.
    func finish() { state.withLock { $0.isOver = true } }

    /// Returns when the program has taken too long, or the task is cancelled; true in the first case.
    ///
    /// `start` is when the call was scheduled.
    func expiry(since start: ContinuousClock.Instant) async -> Bool {
        var due = start
        while !Task.isCancelled {
            let delay = due.duration(to: .now)
            let rest: Duration? = state.withLock { state in
                if state.isOver { return nil }
                if delay > Self.tolerance, state.waitingSince != nil {
                    state.left += delay
                    state.total += delay
                }
                let left = min(state.left, state.total)
                guard let start = state.waitingSince else { return max(left, .milliseconds(10)) }
                let rest = left - start.duration(to: .now)
                if rest <= .zero { state.isExpired = true }
                return rest
            }
            guard let rest else { return false }
            if rest <= .zero { return true }
            let pause = min(rest, Self.interval)
            due = .now + pause
            try? await Task.sleep(until: due, clock: .continuous)
        }
        return false
    }

    /// The longest interval between two checks of the time.
    private static let interval = Duration.seconds(1)
    /// The longest delay of the timer's own task that counts as time of the program.
    private static let tolerance = Duration.milliseconds(50)
}
