import RosterHTTPClient

/// The descriptions of answers of a registry, which never repeat their bodies.
struct OCIProblems {
    /// The name of the server in messages.
    let server: String

    /// Describes a status that is not the expected one, of a request for `the manifest acme/llm-registry:main`.
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

    private static func delay(_ response: HTTPResponse) -> Duration? {
        RetryAfter.delay(status: response.status, field: response.field("retry-after"))
    }
}
