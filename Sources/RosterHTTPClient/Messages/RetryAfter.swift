import Glibc
import RosterBytes
package import RosterModel

/// The time that a server requests to wait (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// The most seconds that are accepted: a longer wait, or a later date, counts as none.
    private static let mostSeconds: Int64 = 86_400

    /// The time of the system's clock.
    package static var current: Timestamp { Timestamp(secondsSince1970: Int64(time(nil))) }

    /// Returns the time to wait.
    ///
    /// - Parameters:
    ///   - status: the status of the response.
    ///   - field: the value of `Retry-After`.
    ///   - now: the time from which a date counts.
    /// - Returns: the time; nil when the request must not be sent again: another status, or no time that counts.
    package static func delay(status: Int, field: String?, now: Timestamp = current) -> Duration? {
        guard status == 429 || status == 503, let field else { return nil }
        guard let seconds = seconds(field, now: now), seconds <= mostSeconds else { return nil }
        return .seconds(max(0, seconds))
    }

    private static func seconds(_ text: String, now: Timestamp) -> Int64? {
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) { return Int64(text) }
        guard let moment = httpDate(text) else { return nil }
        let (seconds, overflows) = moment.secondsSince1970.subtractingReportingOverflow(now.secondsSince1970)
        return overflows ? nil : seconds
    }

    /// Parses `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not supported.
    package static func httpDate(_ text: String) -> Timestamp? {
        // A date has 29 bytes; blanks may surround it.
        guard text.utf8.count <= 64 else { return nil }
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        return Timestamp("\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z")
    }
}
