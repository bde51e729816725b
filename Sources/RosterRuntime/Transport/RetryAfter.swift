import RosterModel

/// How long a provider asks to wait (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// Nil when the request must not be sent again: the status does not say so, or no time is given.
    static func delay(of answer: ProviderAnswer, now: Timestamp = .now) -> Duration? {
        guard answer.status == 429 || answer.status == 503, let text = answer.header("retry-after") else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) {
            return Int64(text).flatMap { $0 <= 86_400 ? .seconds($0) : nil }
        }
        guard let moment = httpDate(text) else { return nil }
        return .seconds(max(0, moment.secondsSince1970 - now.secondsSince1970))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; the two forms of old are used no more.
    static func httpDate(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        return Timestamp("\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z")
    }
}
