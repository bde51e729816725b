import RosterBytes
package import RosterModel

/// The reason why a request that may be redirected got no response.
package struct RedirectProblem: Error, Hashable, Sendable {
    /// A kind of problem.
    package enum Reason: Hashable, Sendable {
        /// A request got no answer.
        case failed(HTTPFailure)
        /// There were more redirections than ``RedirectFollower/limit``, perhaps in a circle.
        case tooMany
        /// `Location` is missing, or is not the URL of a server.
        case malformed
        /// The redirection leads from TLS to plain text, or out of this machine in plain text.
        case insecure
    }

    package let reason: Reason
    /// The server that did not answer, or whose redirection is refused.
    package let origin: Origin

    package init(_ reason: Reason, _ origin: Origin) { (self.reason, self.origin) = (reason, origin) }

    /// Describes the problem in a sentence without a full stop.
    ///
    /// - Parameter timing: the times that the request had.
    /// - Returns: the sentence.
    package func message(_ timing: HTTPTiming = HTTPTiming()) -> String {
        switch reason {
        case .failed(let failure): failure.message(for: "\(origin)", timing)
        case .tooMany: "\(origin) redirects again after \(RedirectFollower.limit) redirections"
        case .malformed: "\(origin) redirects to an address that is not valid"
        case .insecure: "\(origin) redirects to an address without TLS, which is refused"
        }
    }
}
