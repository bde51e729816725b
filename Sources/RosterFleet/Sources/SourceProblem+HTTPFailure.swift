package import RosterHTTPClient
import RosterPublication

extension SourceProblem {
    /// Describes a request that got no answer, or no whole answer.
    package init(_ failure: HTTPFailure, at place: String, _ timing: HTTPTiming = HTTPTiming()) {
        self.init(Reason(failure), failure.message(for: place, timing))
    }

    /// Describes a request that got no answer at the end of its redirections.
    package init(_ problem: RedirectProblem, _ timing: HTTPTiming = HTTPTiming()) {
        let reason: Reason =
            switch problem.reason {
            case .failed(let failure): Reason(failure)
            case .tooMany, .malformed, .insecure: .refused
            }
        self.init(reason, problem.message(timing))
    }
}

extension SourceProblem.Reason {
    /// Returns the reason of a failure.
    package init(_ failure: HTTPFailure) {
        switch failure {
        case .unresolved, .closed, .system, .proxy, .cancelled: self = .unreachable
        case .forbiddenAddress: self = .refused
        case .connectTimeout, .headTimeout, .stalled, .totalTimeout: self = .timeout
        case .certificate, .otherHost, .noTLS, .handshake, .noTrustStore, .unusableFile: self = .tls
        case .tooLarge: self = .content(.tooLarge)
        case .malformed: self = .content(.malformed)
        }
    }
}
