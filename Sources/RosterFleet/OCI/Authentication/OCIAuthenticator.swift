import RosterBytes
import RosterHTTPClient

/// The authorization of requests to one repository: Basic, or a bearer token of the registry's token server.
actor OCIAuthenticator {
    private let reference: OCIReference
    private let access: OCIAccess
    private let sender: any HTTPSender
    private let credentials: OCICredentials
    private let now: @Sendable () -> ContinuousClock.Instant

    /// The newest challenge of the registry, from which an expired token is replaced without another refused request.
    private var challenge: OCIChallenge?
    private var authorization: (value: String, end: ContinuousClock.Instant?)?

    init(
        _ reference: OCIReference,
        _ access: OCIAccess,
        _ sender: any HTTPSender,
        _ credentials: OCICredentials,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        (self.reference, self.access, self.sender) = (reference, access, sender)
        (self.credentials, self.now) = (credentials, now)
    }

    /// Returns the value of `Authorization` for the next request; nil before the first challenge.
    func current() async throws(SourceProblem) -> String? {
        guard let challenge else { return nil }
        if let authorization, authorization.end.map({ $0 > now() }) ?? true { return authorization.value }
        return try await answer(challenge)
    }

    /// Reads the credentials again, and returns the value of `Authorization` that the `WWW-Authenticate` fields of a refused
    /// request require.
    func answer(_ fields: [String]) async throws(SourceProblem) -> String {
        (authorization, challenge) = (nil, nil)
        guard let challenges = OCIChallenge.parse(fields) else {
            throw problem("requests a login in a form that is not valid")
        }
        let bearer = challenges.first { $0.scheme == "bearer" && $0.parameters["realm"] != nil }
        guard let chosen = bearer ?? challenges.first(where: { $0.scheme == "basic" }) else {
            throw problem("requests a login by another method than Bearer and Basic")
        }
        let value = try await answer(chosen)
        challenge = chosen
        return value
    }

    /// Describes why a request with an authorization, or without one, is refused.
    func refusal() -> SourceProblem {
        guard case .none(let program)? = try? credentials.entry(for: reference) else {
            return problem("does not accept the credentials in \(file)")
        }
        return problem("requests a login, and \(missing(program))")
    }

    private func answer(_ challenge: OCIChallenge) async throws(SourceProblem) -> String {
        authorization = nil
        let entry: DockerConfiguration.Entry
        do { entry = try credentials.entry(for: reference) } catch {
            throw SourceProblem(.unauthorized, "the file of credentials \(file) is refused: \(error)")
        }
        guard challenge.scheme == "bearer" else {
            let value = try basic(entry)
            authorization = (value, nil)
            return value
        }
        let request = try TokenRequest(reference, access, challenge, entry.login)
        guard let token = try await request.send(by: sender) else { throw refusal() }
        let value = "Bearer " + token.text
        authorization = (value, now() + token.validity)
        return value
    }

    private func basic(_ entry: DockerConfiguration.Entry) throws(SourceProblem) -> String {
        switch entry {
        case .login(.password(let user, let password)): return TokenRequest.basic(user, password)
        case .login(.identityToken):
            throw problem("requests a user and a password, and \(file) has an identity token")
        case .none(let program): throw problem("requests a login, and \(missing(program))")
        }
    }

    private var file: String { PrintableText.escape(credentials.path ?? "") }

    /// Describes missing credentials.
    private func missing(_ program: String?) -> String {
        guard credentials.path != nil else { return "no file has credentials; see --auth-file" }
        guard let program else { return "\(file) has no credentials for it; see --auth-file" }
        let shown = PrintableText.escape(String(program.prefix(100)))
        return """
            \(file) names the program "\(shown)" for them, which Roster does not start: \
            mount a file that is kept fresh, and name it with --auth-file
            """
    }

    private func problem(_ message: String) -> SourceProblem {
        SourceProblem(.unauthorized, "\(reference.registry) \(message)")
    }
}
