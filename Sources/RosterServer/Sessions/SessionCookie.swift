import RosterBytes

/// The cookie with the handle of a session.
///
/// Over HTTPS its name has the prefix `__Host-`, with which browsers refuse a cookie from another host or without encryption.
/// On this machine, over HTTP, they would refuse it too, so that the name is without it there.
enum SessionCookie: Sendable {
    /// The cookie of a browser that uses HTTPS.
    case secure
    /// The cookie of a browser on this machine that uses HTTP.
    case local

    /// Chooses the cookie of a request.
    ///
    /// It is ``local`` only when the client named a loopback host and no proxy passed the request on. A proxy on this machine
    /// connects by loopback too, but its clients name another host, or it adds a field. Neither is trusted for more than this:
    /// a client that forges them gets the stricter cookie.
    init(of request: Request) {
        let authority = request.target.authority ?? request.fields.host.map { $0[...] }
        let isLocal = authority.map { OpenServerGuard.isLocal($0) } ?? false
        self = isLocal && ProxyFields.name(in: request.fields) == nil ? .local : .secure
    }

    /// The name of the cookie.
    var name: String {
        switch self {
        case .secure: "__Host-roster"
        case .local: "roster"
        }
    }

    /// Returns the value of `Set-Cookie` that stores a handle.
    func setting(_ handle: SessionHandle, isHTTPS: Bool) -> String {
        "\(name)=\(handle.text); \(attributes(isHTTPS: isHTTPS)); Max-Age=\(SessionStore.lifetime)"
    }

    /// Returns the value of `Set-Cookie` that removes the handle.
    func removing(isHTTPS: Bool) -> String { "\(name)=; \(attributes(isHTTPS: isHTTPS)); Max-Age=0" }

    private func attributes(isHTTPS: Bool) -> String {
        let isSecure = self == .secure || isHTTPS
        return "HttpOnly; \(isSecure ? "Secure; " : "")SameSite=Strict; Path=/"
    }

    /// Returns the handle of a request; nil when it has none, or more than one.
    ///
    /// Another host of the same domain can add a cookie of the same name in some browsers, so that none of several is valid.
    func handle(in request: Request) -> SessionHandle? {
        let values = values(in: request)
        return values.count == 1 ? SessionHandle(values[0]) : nil
    }

    /// Returns every handle of a request, to end their sessions.
    func allHandles(in request: Request) -> [SessionHandle] { values(in: request).compactMap { SessionHandle($0) } }

    /// Returns a Boolean value that indicates whether a request has more than one such cookie, so that none is valid.
    func isAmbiguous(in request: Request) -> Bool { values(in: request).count > 1 }

    /// The number of cookies of the name that are read.
    private static let mostValues = 16

    /// Returns the values of the cookies of the name.
    private func values(in request: Request) -> [Substring] {
        var found: [Substring] = []
        for pair in request.fields.cookie?.split(separator: ";", omittingEmptySubsequences: true) ?? [] {
            let pair = pair.drop { $0 == " " }
            guard let mark = pair.utf8.firstIndex(of: UInt8(ascii: "=")), pair[..<mark] == name else { continue }
            found.append(pair[pair.utf8.index(after: mark)...])
            if found.count == Self.mostValues { break }
        }
        return found
    }
}
