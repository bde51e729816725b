import RosterModel
import RosterPublication

/// The metrics of publications, in the text format of Prometheus.
///
/// Labels are positions of sources, and words of closed lists. Counters are written from zero, so that the first failure is an
/// increase.
struct PublicationMetrics {
    private var text = ""

    /// Returns the metrics of a monitor.
    static func text(of monitor: PublicationMonitor) -> String {
        var metrics = PublicationMetrics()
        let (state, counts) = (monitor.current, monitor.counts)
        metrics.writeServed(state.served, counts)
        metrics.writeSources(state.sources, counts)
        metrics.writeSaved(state.saved, counts)
        return metrics.text
    }

    private mutating func writeServed(_ served: PublicationMonitor.Served?, _ counts: PublicationCounts) {
        if let served {
            family("roster_publication_serial", "gauge", "The serial of the publication that is served.")
            line("roster_publication_serial", "", served.serial)
            family("roster_publication_issued_timestamp_seconds", "gauge", "When the publication was signed.")
            line("roster_publication_issued_timestamp_seconds", "", served.issued.secondsSince1970)
            family("roster_publication_expires_timestamp_seconds", "gauge", "When the publication expires.")
            line("roster_publication_expires_timestamp_seconds", "", served.expires.secondsSince1970)
        }
        family("roster_publication_delay_seconds", "histogram", "From a publication's signature to its activation.")
        var below = 0
        for (count, bound) in zip(counts.delays, PublicationCounts.delayBounds) {
            below += count
            line("roster_publication_delay_seconds_bucket", "le=\"\(Self.seconds(bound))\"", below)
        }
        below += counts.delays.last ?? 0
        line("roster_publication_delay_seconds_bucket", "le=\"+Inf\"", below)
        line("roster_publication_delay_seconds_sum", "", Self.seconds(counts.totalDelay))
        line("roster_publication_delay_seconds_count", "", below)
        family("roster_publication_refused_total", "counter", "Publications refused.")
        for reason in Refusal.Reason.allCases {
            let count = counts.refusals[reason] ?? 0
            line("roster_publication_refused_total", "reason=\"\(reason.rawValue)\"", count)
        }
    }

    private mutating func writeSources(_ sources: [PublicationMonitor.Source], _ counts: PublicationCounts) {
        family("roster_source_up", "gauge", "1 when the last read of the source succeeded, 0 when it failed.")
        for (position, source) in sources.enumerated() {
            if let isUp = source.isUp { line("roster_source_up", "source=\"\(position)\"", isUp ? 1 : 0) }
        }
        family(
            "roster_source_refused",
            "gauge",
            "1 while the newest publication of the source is refused, otherwise 0."
        )
        for (position, source) in sources.enumerated() {
            line("roster_source_refused", "source=\"\(position)\"", source.isRefused ? 1 : 0)
        }
        family("roster_source_checked_timestamp_seconds", "gauge", "When the source was read last.")
        for (position, source) in sources.enumerated() {
            guard let time = source.checkedAt else { continue }
            line("roster_source_checked_timestamp_seconds", "source=\"\(position)\"", time.secondsSince1970)
        }
        family("roster_source_checks_total", "counter", "Reads of the source.")
        for (position, checks) in counts.checks.enumerated() {
            for check in PublicationMonitor.Check.allCases {
                let labels = "source=\"\(position)\",result=\"\(check.rawValue)\""
                line("roster_source_checks_total", labels, checks[check] ?? 0)
            }
        }
    }

    private mutating func writeSaved(_ saved: PublicationMonitor.Saved?, _ counts: PublicationCounts) {
        guard let saved else { return }
        if let time = saved.savedAt {
            family("roster_state_saved_timestamp_seconds", "gauge", "When the state folder was written last.")
            line("roster_state_saved_timestamp_seconds", "", time.secondsSince1970)
        }
        family("roster_state_failures_total", "counter", "Writes of the state folder that failed.")
        line("roster_state_failures_total", "", counts.stateFailures)
    }

    /// Returns milliseconds as seconds, with as many digits as they need.
    private static func seconds(_ milliseconds: Int64) -> String {
        let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        guard rest > 0 else { return String(whole) }
        var digits = String(rest + 1_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    private mutating func family(_ name: String, _ kind: String, _ explanation: String) {
        text += "# HELP \(name) \(explanation)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func line(_ name: String, _ labels: String, _ value: some CustomStringConvertible) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}
