/// A guard that keeps an open server from clients on other machines.
///
/// A web page can resolve its own name to 127.0.0.1 (DNS rebinding); the browser then sends that name as `Host`, and the
/// page's origin. A proxy on this machine makes every request local. Most proxies add a header field, and one that adds
/// none uses HTTP/1.0 unless it is configured otherwise.
enum OpenServerGuard {
    /// Returns the problem with which a request to an open server is refused; nil when it is accepted.
    static func problem(with request: Request) -> Problem? {
        let fields = request.fields
        if let name = ProxyFields.name(in: fields) {
            return notForOthers(
                "a registry without access answers no request that a proxy passed on, and \(name) is a proxy's field"
            )
        }
        guard request.isHTTP11 else {
            return notForOthers("a registry without access answers HTTP/1.1 only, since proxies send HTTP/1.0")
        }
        let host = fields.host.map { $0[...] }
        let authority = request.target.authority ?? host
        let isLocalHost = authority.map { isLocal($0) } ?? true
        guard isLocalHost, request.target.authority == nil || authority?.lowercased() == host?.lowercased() else {
            return .otherHost
        }
        if let origin = fields.origin, !isLocalOrigin(origin) {
            return .forbidden("a registry without access refuses pages of another origin")
        }
        return nil
    }

    private static func notForOthers(_ reason: String) -> Problem {
        Problem(421, "misdirected", "This server is not for others", reason + "; set access up first")
    }

    /// Returns a Boolean value that indicates whether an origin is local.
    static func isLocalOrigin(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return isLocal(origin.dropFirst(scheme.count))
        }
        return false
    }

    /// Returns a Boolean value that indicates whether an authority is `localhost`, `127.0.0.1` or `[::1]`, with any port.
    static func isLocal(_ authority: Substring) -> Bool {
        for name in ["localhost", "127.0.0.1", "[::1]"] where authority.utf8.count >= name.utf8.count {
            let end = authority.utf8.index(authority.startIndex, offsetBy: name.utf8.count)
            guard authority[..<end].lowercased() == name else { continue }
            let rest = authority.utf8[end...]
            if rest.isEmpty { return true }
            return rest.first == UInt8(ascii: ":")
                && rest.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        return false
    }
}

extension Problem {
    /// The problem of a request to an open server under another name than its own.
    static let otherHost = Problem(
        421,
        "misdirected",
        "This server has another name",
        "a registry without access answers to localhost, 127.0.0.1 and [::1] only; set access up first"
    )
}
