import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication

/// The requests to one repository of a registry (https://github.com/opencontainers/distribution-spec, version 1.1).
struct OCIClient: Sendable {
    let reference: OCIReference
    private let sender: any HTTPSender
    private let authenticator: OCIAuthenticator

    /// The maximum number of redirections of one request.
    private static let redirectionLimit = 5
    /// The maximum number of bytes of an answer that is only read so that the connection can be used again.
    private static let drainLimit = 16 * 1024

    init(
        _ reference: OCIReference,
        _ access: OCIAccess,
        _ sender: any HTTPSender,
        _ credentials: OCICredentials,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        (self.reference, self.sender) = (reference, sender)
        authenticator = OCIAuthenticator(reference, access, sender, credentials, now: now)
    }

    var problems: OCIProblems { OCIProblems(server: reference.registry) }

    /// Returns the URL of a path of the repository, such as `manifests/main`.
    func location(_ path: String) -> OCILocation {
        OCILocation(origin: reference.origin, target: "/v2/\(reference.repository)/\(path)")
    }

    /// Sends a request to the registry, with a login when the registry requests one.
    func send(
        _ method: String,
        _ location: OCILocation,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) async throws(SourceProblem) -> HTTPResponse {
        let fields = fields + [("User-Agent", "roster")]
        var request = HTTPRequest(method, location.origin, location.target, fields: fields, body: body)
        if let authorization = try await authenticator.current() {
            request.fields.append(("Authorization", authorization))
        }
        let response = try await exchange(request)
        guard response.status == 401 else { return response }
        await drain(response)
        let challenges = response.fields.filter { $0.name.lowercased() == "www-authenticate" }.map(\.value)
        let authorization = try await authenticator.answer(challenges)
        request.fields = fields + [("Authorization", authorization)]
        let second = try await exchange(request)
        guard second.status == 401 else { return second }
        await drain(second)
        throw await authenticator.refusal()
    }

    /// Sends a `GET` or `HEAD` to the registry, and follows redirections to its storage.
    ///
    /// The storage does not get the token of the registry, and no login that it requests.
    func fetch(
        _ method: String,
        _ location: OCILocation,
        fields: [(name: String, value: String)] = []
    ) async throws(SourceProblem) -> HTTPResponse {
        var location = location
        var response = try await send(method, location, fields: fields)
        for _ in 0..<Self.redirectionLimit {
            guard [301, 302, 303, 307, 308].contains(response.status) else { return response }
            await drain(response)
            location = try redirection(of: response, from: location)
            let fields = fields + [("User-Agent", "roster")]
            response = try await exchange(HTTPRequest(method, location.origin, location.target, fields: fields))
        }
        response.body.cancel()
        throw SourceProblem(.refused, "\(reference.registry) redirected more than \(Self.redirectionLimit) times")
    }

    /// Reads the body of an answer, and ends the connection of a longer one.
    func body(_ response: HTTPResponse, limit: Int) async throws(SourceProblem) -> [UInt8] {
        do { return try await response.body.whole(limit: limit) } catch { throw problems.failed(error) }
    }

    /// Reads the rest of an answer whose body is of no use.
    func drain(_ response: HTTPResponse) async { _ = try? await response.body.whole(limit: Self.drainLimit) }

    private func redirection(
        of response: HTTPResponse,
        from location: OCILocation
    ) throws(SourceProblem) -> OCILocation {
        guard let text = response.field("location"), let target = OCILocation(text, relativeTo: location) else {
            throw SourceProblem(.refused, "\(reference.registry) redirected to an address that is not a URL")
        }
        guard target.origin.scheme == .https || reference.isPlainAllowed else {
            throw SourceProblem(.refused, "\(reference.registry) redirected from https to http")
        }
        return target
    }

    private func exchange(_ request: HTTPRequest) async throws(SourceProblem) -> HTTPResponse {
        do { return try await sender.send(request, timing: HTTPTiming()) } catch {
            let server = request.origin == reference.origin ? reference.registry : "\(request.origin)"
            throw OCIProblems(server: server).failed(error)
        }
    }
}
