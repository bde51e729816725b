import RosterHTTPClient
import RosterModel

extension RetryAfter {
    /// Returns the time that a provider requests to wait; nil when the request must not be sent again.
    static func delay(of answer: ProviderAnswer, now: Timestamp = .now) -> Duration? {
        delay(status: answer.status, field: answer.header("retry-after"), now: now)
    }
}
