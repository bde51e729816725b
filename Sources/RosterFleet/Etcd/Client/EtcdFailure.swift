import RosterBytes
import RosterHTTPClient
import RosterPublication

/// The reason why an endpoint did not do what a request asked for.
struct EtcdFailure: Error, Hashable, Sendable {
    /// The further steps that may help.
    enum Remedy: Hashable, Sendable {
        /// Another endpoint may answer, or this one later.
        case otherEndpoint
        /// A new token may be accepted.
        case newToken
        /// The cluster does not require a token.
        case noToken
        /// Every endpoint would refuse the request.
        case none
    }

    let problem: SourceProblem
    let remedy: Remedy

    init(_ problem: SourceProblem, _ remedy: Remedy = .otherEndpoint) {
        (self.problem, self.remedy) = (problem, remedy)
    }

    init(_ reason: SourceProblem.Reason, _ message: String, _ remedy: Remedy = .otherEndpoint) {
        self.init(SourceProblem(reason, message), remedy)
    }

    /// Returns the failure with the name of the endpoint in its message.
    func at(_ endpoint: String) -> EtcdFailure {
        EtcdFailure(SourceProblem(problem.reason, "etcd at \(endpoint): \(problem.message)"), remedy)
    }
}

extension EtcdFailure {
    /// Describes a request without an answer.
    init(_ failure: HTTPFailure, _ timing: HTTPTiming) {
        let (reason, remedy): (SourceProblem.Reason, Remedy) =
            switch failure {
            case .unresolved, .closed, .system, .proxy: (.unreachable, .otherEndpoint)
            case .connectTimeout, .headTimeout, .stalled, .totalTimeout: (.timeout, .otherEndpoint)
            case .certificate, .otherHost, .noTLS, .handshake: (.tls, .otherEndpoint)
            case .noTrustStore, .unusableFile: (.tls, .none)
            case .forbiddenAddress: (.refused, .otherEndpoint)
            case .tooLarge: (.content(.tooLarge), .otherEndpoint)
            case .malformed: (.content(.malformed), .otherEndpoint)
            case .cancelled: (.unreachable, .none)
            }
        self.init(reason, failure.message(for: "the endpoint", timing), remedy)
    }

    /// Describes a response with another status than 200, of whose body only known parts decide.
    init(status: Int, body: [UInt8], user: String?) {
        guard let error = try? EtcdMembers(parsing: body), let code = try? error.code("code"),
            let message = try? error.text("message"), error.has("code")
        else {
            self = Self.plain(status: status, String(decoding: body, as: UTF8.self))
            return
        }
        let who = user.map { "the user \"\(PrintableText.escape($0))\"" } ?? "a client without a user"
        switch code {
        case 3 where message.contains("user name is empty"):
            let advice = "etcd requires a user: set ROSTER_ETCD_USER and ROSTER_ETCD_PASSWORD_FILE"
            self.init(.unauthorized, advice, .newToken)
        case 3 where message.contains("authentication failed"):
            self.init(.unauthorized, "the name or the password of \(who) is wrong", .none)
        case 3 where message.contains("revision of auth store is old"), 16:
            self.init(.unauthorized, "etcd refuses its own token for \(who)", .newToken)
        case 3 where message.contains("request is too large"):
            self.init(.refused, "the request is larger than etcd allows", .none)
        case 7: self.init(.unauthorized, "\(who) has no right to these keys", .none)
        case 8: self.init(.refused, "etcd has no space left or refuses more requests")
        case 9 where message.contains("authentication is not enabled"):
            self.init(.refused, "authentication is not enabled", .noToken)
        case 4, 14: self.init(.unreachable, "the cluster has no majority or no leader now")
        case 5, 12: self.init(.refused, "etcd does not know the request; version 3.4 or later is required")
        default: self.init(.refused, "etcd refuses the request (status \(status), code \(code))")
        }
    }

    private static func plain(status: Int, _ text: String) -> EtcdFailure {
        switch status {
        case 400 where text.contains("CommonName"):
            let advice = "use one without, and ROSTER_ETCD_USER and ROSTER_ETCD_PASSWORD_FILE for the rights"
            return EtcdFailure(
                .unauthorized,
                "the gateway refuses the client certificate because it has a CommonName: \(advice)",
                .none
            )
        case 404: return EtcdFailure(.refused, "there is no JSON gateway of etcd 3.4 or later")
        case 500...: return EtcdFailure(.unreachable, "the server or a proxy answered with status \(status)")
        default: return EtcdFailure(.refused, "the server or a proxy answered with status \(status)")
        }
    }
}
