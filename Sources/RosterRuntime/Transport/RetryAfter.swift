import RosterBytes
import RosterModel

/// The time that a provider requests to wait (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// The most seconds that are accepted: a longer wait, or a later date, counts as none.
    private static let mostSeconds: Int64 = 86_400

    /// Returns the time to wait; nil when the request must not be sent again: another status, or no time that counts.
    static func delay(of answer: ProviderAnswer, now: Timestamp = .now) -> Duration? {
        guard answer.status == 429 || answer.status == 503, let text = answer.header("retry-after") else { return nil }
        guard let seconds = seconds(text, now: now), seconds <= mostSeconds else { return nil }
        return .seconds(max(0, seconds))
    }

    private static func seconds(_ text: String, now: Timestamp) -> Int64? {
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) { return Int64(text) }
        guard let moment = httpDate(text) else { return nil }
        let (seconds, overflows) = moment.secondsSince1970.subtractingReportingOverflow(now.secondsSince1970)
        return overflows ? nil : seconds
    }

    /// Parses `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not supported.
    static func httpDate(_ text: String) -> Timestamp? {
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
