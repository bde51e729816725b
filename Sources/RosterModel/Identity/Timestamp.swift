import RosterBytes

/// A moment in UTC, to the second.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var secondsSince1970: Int64

    /// Creates a moment.
    public init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

    /// Parses ``description``; returns nil for any other notation.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int) -> Int64? {
            guard bytes[start].isASCIIDigit, bytes[start + 1].isASCIIDigit else { return nil }
            return Int64(bytes[start] - UInt8(ascii: "0")) * 10 + Int64(bytes[start + 1] - UInt8(ascii: "0"))
        }
        guard bytes.count == 20, let date = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = number(11), let minute = number(14), let second = number(17), hour < 24, minute < 60, second < 60
        else { return nil }
        secondsSince1970 = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
        // The separators between the numbers.
        guard description == text else { return nil }
    }

    /// ISO 8601 with whole seconds and `Z`, such as `2026-11-23T09:06:00Z`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: Self.maximumLength) { append(to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The maximum number of bytes of ``description``, which usually has 20.
    package static let maximumLength = CalendarDate.maximumLength + 10

    /// Appends ``description``; the span must have room for ``maximumLength`` bytes.
    package func append(to output: inout OutputSpan<UInt8>) {
        let (day, second) = secondsSince1970.quotientAndRemainder(dividingBy: 86_400)
        let wraps = second < 0
        let clock = wraps ? second + 86_400 : second
        CalendarDate(daysSince1970: wraps ? day - 1 : day).append(to: &output)
        output.append(UInt8(ascii: "T"))
        output.append(twoDigits: clock / 3600)
        output.append(UInt8(ascii: ":"))
        output.append(twoDigits: clock / 60 % 60)
        output.append(UInt8(ascii: ":"))
        output.append(twoDigits: clock % 60)
        output.append(UInt8(ascii: "Z"))
    }

    /// Returns a Boolean value that indicates whether `one` is earlier than `other`.
    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.secondsSince1970 < other.secondsSince1970 }
}

/// A day of the Gregorian calendar, UTC.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Whole days since 1970-01-01.
    public let daysSince1970: Int64

    /// Creates the day that is a number of days after 1970-01-01.
    public init(daysSince1970: Int64) { self.daysSince1970 = daysSince1970 }

    /// Parses `YYYY-MM-DD`; returns nil for any other notation and for a day that does not exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard byte.isASCIIDigit else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            (1...12).contains(month), day >= 1
        else { return nil }
        // Days from the civil calendar, in years that start on March 1, so that a leap day is the last day.
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
        guard description == text else { return nil }
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: Self.maximumLength) { append(to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The maximum number of bytes of ``description``, for a year of 64 bits.
    package static let maximumLength = 20 + 6

    /// Appends ``description``; the span must have room for ``maximumLength`` bytes.
    package func append(to output: inout OutputSpan<UInt8>) {
        let days = daysSince1970 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        if (0...9999).contains(year) {
            output.append(twoDigits: year / 100)
            output.append(twoDigits: year % 100)
        } else {
            for byte in String(year).utf8 { output.append(byte) }
        }
        output.append(UInt8(ascii: "-"))
        output.append(twoDigits: month)
        output.append(UInt8(ascii: "-"))
        output.append(twoDigits: day)
    }

    /// Returns a Boolean value that indicates whether `one` is earlier than `other`.
    public static func < (one: CalendarDate, other: CalendarDate) -> Bool { one.daysSince1970 < other.daysSince1970 }
}

extension OutputSpan<UInt8> {
    /// Appends a number below 100, with a leading zero when it has one digit.
    fileprivate mutating func append(twoDigits number: Int64) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
