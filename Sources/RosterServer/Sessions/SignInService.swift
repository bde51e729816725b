import RosterModel

/// The sign-in of people: their sessions, and the limit of wrong tokens.
final class SignInService: Sendable {
    /// The result of a sign-in.
    enum Result: Sendable {
        case signedIn(SessionHandle, Caller)
        case wrongToken
        case refused(retryAfter: Int64)
    }

    let sessions = SessionStore()
    private let limiter = SignInLimiter()
    private let proxies: ProxyClients

    /// Creates a service that trusts the addresses that some proxies report.
    init(trustedProxies: [AddressNetwork]) { proxies = ProxyClients(trustedProxies) }

    /// Signs a person in with the token of a form; the sessions that the request names end.
    func signIn(_ form: SignInForm, _ request: Request, _ access: AccessTable) -> Result {
        let credential = Credential(token: form.token)
        let today = CalendarDate(of: request.time)
        var caller: Caller?
        let verdict = limiter.attempt(from: proxies.client(of: request), at: request.time) {
            caller = access.caller(credential, today: today)
            return caller != nil
        }
        switch (verdict, caller) {
        case (.refused(let delay), _): return .refused(retryAfter: delay)
        case (.accepted, let caller?):
            let previous = SessionCookie(of: request).allHandles(in: request)
            for handle in previous.dropFirst() { sessions.end(handle) }
            let handle = sessions.start(for: credential, replacing: previous.first, at: request.time)
            return .signedIn(handle, caller)
        case (.accepted, nil), (.wrong, _): return .wrongToken
        }
    }

    /// Ends every session that a request names, and returns the credential of one; nil when it names none.
    func signOut(_ request: Request) -> Credential? {
        let credentials = SessionCookie(of: request).allHandles(in: request).compactMap { sessions.end($0) }
        return credentials.first
    }

    /// Returns the session that a request for a page names; nil when it names none, or sends a token instead.
    func session(of request: Request) -> Session? {
        guard request.fields.authorization == .none else { return nil }
        return SessionCookie(of: request).handle(in: request).flatMap { sessions.session(of: $0, at: request.time) }
    }
}
