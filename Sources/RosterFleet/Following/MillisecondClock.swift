import Glibc
package import RosterModel

/// The system's clock in milliseconds, which tests replace.
package struct MillisecondClock: Sendable {
    /// Returns the milliseconds since 1970-01-01T00:00:00Z.
    package var read: @Sendable () -> Int64

    package init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

    /// The clock of the machine.
    package static let system = MillisecondClock {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The time to the second.
    package var now: Timestamp { Timestamp(secondsSince1970: read() / 1000) }
}
