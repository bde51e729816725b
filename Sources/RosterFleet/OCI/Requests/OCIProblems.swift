import RosterBytes
import RosterHTTPClient
import RosterModel

/// The descriptions of answers of a registry, which never repeat their bodies.
struct OCIProblems {
    /// The name of the server in messages.
    let server: String

    /// Describes a status that is not the expected one.
    ///
    /// - Parameter purpose: the object of the request, such as `the manifest acme/llm-registry:main`.
    func unexpected(_ response: HTTPResponse, _ purpose: String) -> SourceProblem {
        let status = response.status
        switch status {
        case 401: return unauthorized("does not accept the credentials for", purpose)
        case 403: return unauthorized("denies", purpose)
        case 404: return SourceProblem(.notFound, "\(server) does not have \(purpose)")
        case 429:
            return SourceProblem(
                .refused,
                "\(server) refused \(purpose), since there were too many requests",
                retryAfter: Self.delay(response)
            )
        case 300..<400:
            return SourceProblem(.refused, "\(server) redirected the request for \(purpose) with the status \(status)")
        default:
            return SourceProblem(
                .refused,
                "\(server) answered the request for \(purpose) with the status \(status)",
                retryAfter: Self.delay(response)
            )
        }
    }

    /// Describes missing or wrong credentials.
    func unauthorized(_ verb: String, _ purpose: String) -> SourceProblem {
        SourceProblem(.unauthorized, "\(server) \(verb) \(purpose)")
    }

    /// Describes a request that got no answer.
    func failed(_ failure: HTTPFailure) -> SourceProblem {
        switch failure {
        case .unresolved: SourceProblem(.unreachable, "the name of \(server) does not resolve")
        case .forbiddenAddress(let address):
            SourceProblem(.refused, "\(server) has the address \(address), to which nothing is sent")
        case .connectTimeout: SourceProblem(.timeout, "\(server) did not accept the connection in time")
        case .headTimeout: SourceProblem(.timeout, "\(server) did not answer in time")
        case .stalled: SourceProblem(.timeout, "\(server) stopped in the middle of its answer")
        case .totalTimeout: SourceProblem(.timeout, "the answer of \(server) took too long")
        case .closed: SourceProblem(.unreachable, "\(server) closed the connection before its answer was complete")
        case .tooLarge: SourceProblem(.content(.tooLarge), "the answer of \(server) has too many bytes")
        case .malformed: SourceProblem(.content(.malformed), "the answer of \(server) is not valid HTTP")
        case .system(let code): SourceProblem(.unreachable, "the connection to \(server) failed with error \(code)")
        case .certificate: SourceProblem(.tls, "the certificate of \(server) is not trusted; see --ca")
        case .otherHost(let names):
            SourceProblem(.tls, "the certificate of \(server) is for \(PrintableText.escape(String(names.prefix(200))))")
        case .handshake: SourceProblem(.tls, "the TLS handshake with \(server) failed")
        case .noTrustStore: SourceProblem(.tls, "the root certificates or the client certificate cannot be read")
        case .proxy: SourceProblem(.unreachable, "the proxy did not connect to \(server)")
        case .cancelled: SourceProblem(.unreachable, "the request to \(server) was cancelled")
        }
    }

    /// Returns the time to wait in the field `Retry-After`; nil for none, and for a date that is not valid.
    private static func delay(_ response: HTTPResponse) -> Duration? {
        guard let text = response.field("retry-after"), !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return .seconds(min(Int64(text) ?? .max, 86_400))
    }
}
