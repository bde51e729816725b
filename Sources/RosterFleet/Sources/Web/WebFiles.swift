import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication

/// The files of a folder on a web server.
struct WebFiles: Sendable {
    let base: BaseURL
    let sender: any HTTPSender
    let bearer: BearerToken?

    static let timing = HTTPTiming()

    /// Requests a file, and follows redirections.
    ///
    /// - Parameters:
    ///   - path: the path under the base, without a `/` at its start.
    ///   - validator: the entity tag of the version that is known; nil for any version.
    /// - Returns: a response with the status 200, 304 or 404.
    /// - Throws: the description of any other response.
    func get(_ path: String, unless validator: String? = nil) async throws(SourceProblem) -> HTTPResponse {
        var request = HTTPRequest(
            "GET",
            base.origin,
            "\(base.path)/\(path)",
            fields: [("Accept-Encoding", "identity"), ("User-Agent", "roster")]
        )
        if let validator { request.fields.append(("If-None-Match", validator)) }
        let token = try bearer?.current()
        var response = try await send(request, token)
        if response.response.status == 401, let token, let renewed = try bearer?.renewed(after: token) {
            response.response.body.cancel()
            response = try await send(request, renewed)
        }
        return try check(response.response, response.origin, path, isConditional: validator != nil)
    }

    private func send(
        _ request: HTTPRequest,
        _ token: String?
    ) async throws(SourceProblem) -> (response: HTTPResponse, origin: Origin) {
        var request = request
        if let token { request.fields.append(("Authorization", "Bearer \(token)")) }
        do throws(RedirectProblem) {
            return try await RedirectFollower(sender).get(request, timing: Self.timing)
        } catch {
            throw SourceProblem(error, Self.timing)
        }
    }

    private func check(
        _ response: HTTPResponse,
        _ origin: Origin,
        _ path: String,
        isConditional: Bool
    ) throws(SourceProblem) -> HTTPResponse {
        let problem: SourceProblem
        switch response.status {
        case 304 where isConditional: return response
        case 404: return response
        case 200:
            guard let coding = response.field("content-encoding"), coding.lowercased() != "identity" else {
                return response
            }
            problem = SourceProblem(
                .content(.malformed),
                "\(origin) sent \(path) with a content coding, which was not requested; configure it to send files as they are"
            )
        case 401:
            problem = SourceProblem(
                .unauthorized,
                bearer == nil
                    ? "\(origin) requires credentials for \(path)" : "\(origin) does not accept the token for \(path)"
            )
        case 403: problem = SourceProblem(.unauthorized, "\(origin) denies the right to read \(path)")
        case let status:
            problem = SourceProblem(
                .refused,
                "\(origin) answered the request for \(path) with the status \(status)",
                retryAfter: RetryAfter.delay(status: status, field: response.field("retry-after"))
            )
        }
        response.body.cancel()
        throw problem
    }

    /// Reads the body of a response.
    func whole(_ response: HTTPResponse, limit: Int, _ path: String) async throws(SourceProblem) -> [UInt8] {
        do throws(HTTPFailure) { return try await response.body.whole(limit: limit) } catch {
            guard error == .tooLarge else { throw failed(error, path) }
            throw SourceProblem(.content(.tooLarge), "\(base)/\(path) is larger than \(limit) bytes")
        }
    }

    /// Describes a body that is not whole.
    func failed(_ failure: HTTPFailure, _ path: String) -> SourceProblem {
        guard failure == .closed else { return SourceProblem(failure, at: "\(base)/\(path)", Self.timing) }
        return SourceProblem(.unreachable, "the connection to \(base.origin) broke before \(path) was complete")
    }
}
