import RosterModel
import Synchronization

/// The time at which the publication that is served expires, in a form that is read for every request.
final class PublicationValidity: Sendable {
    /// The first second after the end; `Int64.max` without an end, and `Int64.min` once a clock has reached it.
    private let end = Atomic<Int64>(.max)
    /// The serial of the publication whose end it is.
    private let serial = Atomic<Int64>(.min)

    /// Takes the end of a publication, unless it has that of this publication already.
    ///
    /// The end of an expired publication stays reached: a clock that is set back does not revive it.
    func set(_ served: PublicationMonitor.Served, skew: Int64) {
        guard serial.exchange(served.serial, ordering: .acquiringAndReleasing) != served.serial else { return }
        end.store(served.end(skew: skew), ordering: .releasing)
    }

    /// Returns a Boolean value that indicates whether the end was reached at a time, or before.
    func hasEnded(at seconds: Int64) -> Bool {
        let end = end.load(ordering: .acquiring)
        guard seconds >= end, end != .max else { return false }
        // A publication that replaced the one of this end meanwhile is not touched.
        if end != .min { _ = self.end.compareExchange(expected: end, desired: .min, ordering: .acquiringAndReleasing) }
        return true
    }
}

extension PublicationMonitor.Served {
    /// Returns the second from which it is expired.
    func end(skew: Int64) -> Int64 {
        let (end, overflows) = expires.secondsSince1970.addingReportingOverflow(skew)
        return overflows ? .max : end
    }
}
