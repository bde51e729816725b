package import RosterModel

/// The number that orders the publications of a channel: milliseconds since 1970 at signing.
package struct Serial: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// Creates a serial; nil for a number that is not positive.
    package init?(milliseconds: Int64) {
        guard milliseconds > 0 else { return nil }
        self.milliseconds = milliseconds
    }

    /// Creates the serial of a new publication, which is greater than the preceding one; nil when there is none.
    package init?(at milliseconds: Int64, after preceding: Serial?) {
        let preceding = preceding?.milliseconds ?? 0
        // Not every parser of JSON reads a larger number exactly.
        guard max(milliseconds, preceding) < PublicationLimits.integer else { return nil }
        self.init(milliseconds: max(milliseconds, preceding + 1))
    }

    /// The time, to the second.
    package var time: Timestamp { Timestamp(secondsSince1970: milliseconds / 1000) }

    package var description: String { String(milliseconds) }

    package static func < (one: Serial, other: Serial) -> Bool { one.milliseconds < other.milliseconds }
}
