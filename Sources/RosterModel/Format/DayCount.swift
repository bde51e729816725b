import RosterBytes

/// A number of days as `roster.yaml` has it, such as `30d`.
package struct DayCount: Sendable, Hashable {
    /// The largest number of days.
    package static let limit = 3650

    package let days: Int

    /// Parses a number of days; returns nil for any other notation.
    package init?(_ text: String) {
        let digits = text.utf8.dropLast()
        guard text.utf8.last == UInt8(ascii: "d"), (1...4).contains(digits.count),
            digits.allSatisfy(\.isASCIIDigit), let days = Int(String(Substring(digits))), days <= Self.limit
        else { return nil }
        self.days = days
    }
}
