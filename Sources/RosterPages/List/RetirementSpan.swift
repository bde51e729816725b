import RosterModel

/// A span of days in which models retire, as the list is filtered.
package enum RetirementSpan: String, Sendable, Hashable, CaseIterable {
    case retired
    case thisQuarter = "this-quarter"
    case nextQuarter = "next-quarter"
    case any

    /// The words of the form's option.
    var words: StaticString {
        switch self {
        case .retired: "already retired"
        case .thisQuarter: "this quarter"
        case .nextQuarter: "next quarter"
        case .any: "on any day"
        }
    }

    /// Returns the first and the last day of the span; quarters are the calendar's, in UTC.
    func days(today: CalendarDate) -> ClosedRange<CalendarDate> {
        let (first, last) = (CalendarDate(daysSince1970: .min / 2), CalendarDate(daysSince1970: .max / 2))
        switch self {
        case .retired: return first...today
        case .thisQuarter: return Self.quarter(of: today, 0)
        case .nextQuarter: return Self.quarter(of: today, 1)
        case .any: return first...last
        }
    }

    /// Returns the quarter that is a number of quarters after that of a day.
    private static func quarter(of day: CalendarDate, _ later: Int) -> ClosedRange<CalendarDate> {
        let parts = day.description.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return day...day }
        func start(_ quarter: Int) -> CalendarDate {
            let (year, month) = (parts[0] + quarter / 4, quarter % 4 * 3 + 1)
            return CalendarDate("\(year)-\(month < 10 ? "0" : "")\(month)-01") ?? day
        }
        let number = (parts[1] - 1) / 3 + later
        let next = start(number + 1)
        return start(number)...CalendarDate(daysSince1970: next.daysSince1970 - 1)
    }
}
