import RosterBytes
import RosterHTTPClient
import RosterModel

/// A request of a token from the token server that a challenge names
/// (https://distribution.github.io/distribution/spec/auth/token/).
struct TokenRequest: Sendable {
    private let server: OCIProblems
    private let request: HTTPRequest

    /// Creates the request of a challenge.
    ///
    /// - Throws: ``SourceProblem`` for a token server to which credentials would be sent without TLS.
    init(
        _ reference: OCIReference,
        _ access: OCIAccess,
        _ challenge: OCIChallenge,
        _ login: OCILogin?
    ) throws(SourceProblem) {
        guard let realm = OCILocation(challenge.parameters["realm"] ?? "") else {
            throw SourceProblem(
                .unauthorized,
                "\(reference.registry) names a token server whose address is not a URL of https"
            )
        }
        // A registry of this machine must not have its credentials sent to other machines without TLS.
        let isNear = !reference.origin.host.isLoopback || realm.origin.host.isLoopback
        let isPlainAllowed = reference.isPlainAllowed && isNear
        guard realm.origin.scheme == .https || isPlainAllowed else {
            throw SourceProblem(
                .unauthorized,
                "\(reference.registry) names the token server \(realm.origin), and tokens are requested by https only"
            )
        }
        server = OCIProblems(server: "the token server \(realm.origin)")
        var parameters: [(name: String, value: String)] = []
        if let service = challenge.parameters["service"] { parameters.append(("service", service)) }
        parameters.append(("scope", Self.scope(reference, access, challenge.parameters["scope"])))
        var fields = [("Accept", "application/json"), ("User-Agent", "roster")]
        switch login {
        case .identityToken(let token):
            fields.append(("Content-Type", "application/x-www-form-urlencoded"))
            parameters.append(("grant_type", "refresh_token"))
            parameters.append(("client_id", "roster"))
            parameters.append(("refresh_token", token))
            let body = Array(OCILocation.form(parameters).utf8)
            request = HTTPRequest("POST", realm.origin, realm.target, fields: fields, body: body)
        case .password(let user, let password):
            fields.append(("Authorization", Self.basic(user, password)))
            request = HTTPRequest("GET", realm.origin, realm.adding(parameters).target, fields: fields)
        case nil: request = HTTPRequest("GET", realm.origin, realm.adding(parameters).target, fields: fields)
        }
    }

    /// Returns the value of `Authorization` of the scheme Basic.
    static func basic(_ user: String, _ password: String) -> String {
        "Basic " + CanonicalBase64.encode(Array("\(user):\(password)".utf8).span)
    }

    /// Requests the token; redirections are not followed.
    ///
    /// - Returns: the token; nil when the server refuses the credentials, or requires some.
    func send(by sender: any HTTPSender) async throws(SourceProblem) -> OCIToken? {
        let response: HTTPResponse
        let answer: [UInt8]
        do {
            response = try await sender.send(request, timing: HTTPTiming())
            answer = try await response.body.whole(limit: OCIToken.answerLimit)
        } catch { throw SourceProblem(error, at: server.server) }
        switch response.status {
        case 200:
            guard let token = OCIToken(answer: answer) else {
                throw SourceProblem(.unauthorized, "the answer of \(server.server) has no token")
            }
            return token
        case 401, 403: return nil
        default: throw server.unexpected(response, "a token")
        }
    }

    /// Returns the scope of the challenge with the rights that all requests need, or the usual one.
    ///
    /// Some registries know a repository by another name than its path, which only their challenge has.
    private static func scope(_ reference: OCIReference, _ access: OCIAccess, _ challenged: String?) -> String {
        let parts = (challenged ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "repository", OCIReference.isRepository(String(parts[1])) else {
            return "repository:\(reference.repository):\(access.rawValue)"
        }
        return "repository:\(parts[1]):\(access.rawValue)"
    }
}
