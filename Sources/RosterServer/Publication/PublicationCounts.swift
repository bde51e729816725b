import RosterModel
import RosterPublication

/// The numbers of what has happened to the publications of a server.
struct PublicationCounts: Sendable {
    /// The upper bounds of the delays, in milliseconds: from a push within one network to a fleet that polls hourly.
    static let delayBounds: [Int64] = [
        5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000, 60_000, 300_000, 3_600_000,
    ]

    /// The reads of each source by their result.
    private(set) var checks: [[PublicationMonitor.Check: Int]]
    /// The refused publications by the reason.
    private(set) var refusals: [Refusal.Reason: Int] = [:]
    /// The publications by the time from their signature to the moment at which they were served; the last one has no bound.
    private(set) var delays = [Int](repeating: 0, count: delayBounds.count + 1)
    /// The sum of these times, in milliseconds.
    private(set) var totalDelay: Int64 = 0
    /// The writes of the state folder that failed.
    var stateFailures = 0

    /// Creates the counts of a number of sources.
    init(sources: Int) { checks = Array(repeating: [:], count: sources) }

    /// Counts a read of a source.
    mutating func note(_ check: PublicationMonitor.Check, ofSource position: Int) {
        checks[position][check, default: 0] += 1
    }

    /// Counts a refused publication; labels outside of the closed list are ignored.
    mutating func noteRefusal(_ reason: String) {
        if let reason = Refusal.Reason(rawValue: reason) { refusals[reason, default: 0] += 1 }
    }

    /// Counts a publication that is served from a time on, in milliseconds since 1970.
    mutating func noteDelay(of served: PublicationMonitor.Served, activatedAt: Int64) {
        // The serial has the milliseconds of the second of the signature.
        let (second, _) = served.issued.secondsSince1970.multipliedReportingOverflow(by: 1_000)
        let issued = served.serial &- second < 1_000 && served.serial >= second ? served.serial : second
        let (difference, overflows) = activatedAt.subtractingReportingOverflow(issued)
        let delay = overflows ? 0 : max(0, difference)
        let (sum, isTooLarge) = totalDelay.addingReportingOverflow(delay)
        if !isTooLarge { totalDelay = sum }
        delays[Self.delayBounds.firstIndex { delay <= $0 } ?? Self.delayBounds.count] += 1
    }
}
