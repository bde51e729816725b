import RosterBytes

/// The check that a request which changes something comes from a page of this server: against cross-site request forgery.
enum RequestOrigin {
    /// Returns the problem of a request that may come from a page of another site; nil when it is from this server's.
    ///
    /// The origin is compared with the host that the client named, since the server does not know its own names. Behind a
    /// proxy that ends TLS the schemes differ, so that they are not compared.
    static func problem(with request: Request) -> Problem? {
        guard let origin = request.fields.origin else {
            // Browsers that send no origin here do send this field, which no page can change.
            return request.fields.secFetchSite == "same-origin" ? nil : .otherOrigin
        }
        return isOwn(origin, of: request) ? nil : .otherOrigin
    }

    /// Returns a Boolean value that indicates whether an origin is the one that the client named.
    static func isOwn(_ origin: String, of request: Request) -> Bool {
        guard let (authority, defaultPort) = parts(of: origin),
            let host = request.target.authority ?? request.fields.host.map({ $0[...] })
        else { return false }
        return normalized(authority, defaultPort) == normalized(host, defaultPort)
    }

    /// Returns a Boolean value that indicates whether a browser sent a request over HTTPS, as far as it is known.
    static func isHTTPS(_ request: Request) -> Bool { request.fields.origin?.hasPrefix("https://") ?? false }

    /// Returns a Boolean value that indicates whether a browser sent a request over HTTP to another machine.
    ///
    /// It would not store the cookie of the session.
    static func isUnencrypted(_ request: Request) -> Bool {
        SessionCookie(of: request) == .secure && request.fields.origin?.hasPrefix("http://") ?? false
    }

    /// Returns the host and port of an origin, and the suffix of the port that its scheme has without one.
    private static func parts(of origin: String) -> (authority: Substring, defaultPort: String)? {
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where origin.hasPrefix(scheme) {
            let authority = origin.dropFirst(scheme.utf8.count)
            return authority.isEmpty ? nil : (authority, port)
        }
        return nil
    }

    private static func normalized(_ authority: Substring, _ defaultPort: String) -> String {
        let authority = authority.lowercased()
        return authority.hasSuffix(defaultPort) ? String(authority.dropLast(defaultPort.utf8.count)) : authority
    }
}

extension Problem {
    /// The problem of a request that a page of another site may have sent.
    static let otherOrigin = forbidden(
        "pages of another origin cannot sign in or out; a proxy must pass Host on as it is"
    )
}
