import RosterModel

/// The warnings of the log that the publication that is served ages or has expired: immediately, and then each hour.
struct FreshnessNotices {
    private struct Notice {
        var serial: Int64
        var freshness: PublicationMonitor.Freshness
        var at: Int64
    }

    private static let interval: Int64 = 3600
    private var last: Notice?

    /// Returns the warning that is due at a time; nil when none is.
    mutating func notice(
        _ freshness: PublicationMonitor.Freshness,
        of publication: PublicationMonitor,
        at time: Timestamp
    ) -> String? {
        guard let served = publication.current.served, freshness == .ageing || freshness == .expired else {
            last = nil
            return nil
        }
        let notice = Notice(serial: served.serial, freshness: freshness, at: time.secondsSince1970)
        if let last, last.serial == notice.serial, last.freshness == freshness, notice.at < last.at + Self.interval {
            // After the clock was set back, the hour begins again.
            if notice.at < last.at { self.last = notice }
            return nil
        }
        last = notice
        return Self.text(freshness, served, publication.expiry)
    }

    private static func text(
        _ freshness: PublicationMonitor.Freshness,
        _ served: PublicationMonitor.Served,
        _ expiry: PublicationMonitor.Expiry
    ) -> String {
        let (time, remedy) = (served.expires, "publish again: roster publish --refresh")
        guard freshness == .expired else {
            return "the publication that is served expires at \(time), and nothing newer has arrived; \(remedy)"
        }
        switch expiry {
        case .refuse:
            return "the publication that is served expired at \(time), so requests are refused until a newer one "
                + "arrives; \(remedy); if the clock of this machine was wrong, restart the server"
        case .serve:
            return "the publication that is served expired at \(time), and is still served, because of "
                + "--when-expired serve; \(remedy)"
        }
    }
}
