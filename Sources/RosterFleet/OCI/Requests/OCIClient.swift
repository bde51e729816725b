import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication

/// The requests to one repository of a registry (https://github.com/opencontainers/distribution-spec, version 1.1).
struct OCIClient: Sendable {
    let reference: OCIReference
    private let sender: any HTTPSender
    private let authenticator: OCIAuthenticator

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
    ///
    /// Redirections are followed only for blobs, to their storage. Another server than the registry does not get the login of
    /// the registry, and no login that it requests.
    func send(
        _ method: String,
        _ location: OCILocation,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        followingRedirects: Bool = false
    ) async throws(SourceProblem) -> HTTPResponse {
        let fields = fields + [("User-Agent", "roster")]
        var request = HTTPRequest(method, location.origin, location.target, fields: fields, body: body)
        if let authorization = try await authenticator.current() {
            request.fields.append(("Authorization", authorization))
        }
        let (response, origin) = try await exchange(request, followingRedirects)
        guard response.status == 401, origin == reference.origin else { return response }
        await drain(response)
        let challenges = response.fields.filter { $0.name.lowercased() == "www-authenticate" }.map(\.value)
        let authorization = try await authenticator.answer(challenges)
        request.fields = fields + [("Authorization", authorization)]
        let (second, server) = try await exchange(request, followingRedirects)
        guard second.status == 401, server == reference.origin else { return second }
        await drain(second)
        throw await authenticator.refusal()
    }

    /// Reads the body of an answer, and ends the connection of a longer one.
    func body(_ response: HTTPResponse, limit: Int) async throws(SourceProblem) -> [UInt8] {
        do { return try await response.body.whole(limit: limit) } catch { throw failed(error) }
    }

    /// Reads the rest of an answer whose body is of no use.
    func drain(_ response: HTTPResponse) async { _ = try? await response.body.whole(limit: Self.drainLimit) }

    /// Describes a request that got no whole answer.
    func failed(_ failure: HTTPFailure) -> SourceProblem { SourceProblem(failure, at: reference.registry) }

    /// Returns the times of a request that is not a read: for a line of 1 Mbit/s, and a registry that writes to storage.
    private static func timing(ofWriting byteCount: Int) -> HTTPTiming {
        var timing = HTTPTiming()
        timing.head = .seconds(30 + byteCount / 125_000)
        return timing
    }

    /// Sends a request, and returns the answer and the server that sent it.
    private func exchange(
        _ request: HTTPRequest,
        _ followsRedirects: Bool
    ) async throws(SourceProblem) -> (HTTPResponse, Origin) {
        guard followsRedirects else {
            let isRead = request.method == "GET"
            let timing = isRead ? HTTPTiming() : Self.timing(ofWriting: request.body.count)
            do { return (try await sender.send(request, timing: timing), request.origin) } catch {
                throw SourceProblem(error, at: reference.registry, timing)
            }
        }
        do { return try await RedirectFollower(sender).get(request, timing: HTTPTiming()) } catch {
            throw SourceProblem(error)
        }
    }
}
