package import RosterPublication

/// The reason why a source cannot be read, with a message for people.
package struct SourceProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The closed list of reasons.
    package enum Reason: Hashable, Sendable {
        /// There is no connection, or it broke.
        case unreachable
        /// The source did not answer in time.
        case timeout
        /// The certificate of the source is not trusted, or not for its host.
        case tls
        /// The credentials are missing, wrong, or without the right to read.
        case unauthorized
        /// There is no publication at the address.
        case notFound
        /// A part of the publication is not there yet, or changed during the read.
        case incomplete
        /// The source refused the request for another reason, such as a limit of requests.
        case refused
        /// The bytes themselves are refused.
        case content(Refusal.Reason)

        /// The label of metrics and of the status.
        package var label: String {
            switch self {
            case .unreachable: "unreachable"
            case .timeout: "timeout"
            case .tls: "tls"
            case .unauthorized: "unauthorized"
            case .notFound: "not-found"
            case .incomplete: "incomplete"
            case .refused: "refused"
            case .content(let reason): reason.rawValue
            }
        }
    }

    package let reason: Reason
    /// A sentence without a full stop; it never repeats the body of a response.
    package let message: String
    /// The time that the source requested to wait before the next request.
    package let retryAfter: Duration?

    package init(_ reason: Reason, _ message: String, retryAfter: Duration? = nil) {
        (self.reason, self.message, self.retryAfter) = (reason, message, retryAfter)
    }

    /// Describes refused bytes.
    package init(_ refusal: Refusal) { self.init(.content(refusal.reason), refusal.message) }

    package var description: String { "\(reason.label): \(message)" }
}
