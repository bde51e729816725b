import RosterModel
import Synchronization

/// A limit of the wrong tokens of a client.
///
/// The clients are distributed over a fixed number of slots, so that the memory is bounded for any number of addresses, and no
/// client gets more attempts than the limit. Two clients can share a slot: which ones do differs from start to start.
final class SignInLimiter: Sendable {
    /// The result of an attempt.
    enum Verdict: Sendable, Hashable {
        case accepted
        case wrong
        /// The client has tried too many wrong tokens; the token was not compared.
        case refused(retryAfter: Int64)
    }

    /// The number of wrong tokens in ``window`` seconds.
    static let attempts = 10
    static let window: Int64 = 60

    /// The times of the last wrong tokens, in seconds since 1970, the oldest at `next` once it is complete.
    private struct Attempts {
        var times = InlineArray<10, Int64>(repeating: .min)
        var next = 0

        mutating func add(_ seconds: Int64) {
            times[next] = seconds
            next = (next + 1) % SignInLimiter.attempts
        }

        /// Returns the seconds until the next attempt; nil when one is allowed.
        func delay(at seconds: Int64) -> Int64? {
            let oldest = times[next]
            guard oldest != .min else { return nil }
            // A clock that was set back must not refuse the client for longer than a window.
            let age = seconds - oldest
            guard (-SignInLimiter.window...SignInLimiter.window).contains(age) else { return nil }
            return min(SignInLimiter.window + 1 - age, SignInLimiter.window + 1)
        }
    }

    private let slots = Mutex<[Int: Attempts]>([:])
    private let slotCount: Int
    private let salt = UInt64.random(in: .min ... .max)

    /// Creates a limiter with a number of slots.
    init(slotCount: Int = 8192) { self.slotCount = slotCount }

    /// The number of slots that are in use.
    var usedSlots: Int { slots.withLock { $0.count } }

    /// Compares a token unless the client has tried too many; a wrong one counts.
    ///
    /// `isRight` compares the token. It is called inside the lock, so that attempts at the same time cannot exceed the limit.
    func attempt(from client: ClientAddress, at time: Timestamp, _ isRight: () -> Bool) -> Verdict {
        let (slot, seconds) = (slot(of: client), time.secondsSince1970)
        return slots.withLock { slots in
            if let delay = slots[slot]?.delay(at: seconds) { return .refused(retryAfter: delay) }
            guard !isRight() else { return .accepted }
            slots[slot, default: Attempts()].add(seconds)
            return .wrong
        }
    }

    private func slot(of client: ClientAddress) -> Int {
        var hasher = Hasher()
        hasher.combine(salt)
        hasher.combine(client.subscriber)
        return Int(UInt(bitPattern: hasher.finalize()) % UInt(slotCount))
    }
}
