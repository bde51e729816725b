/// Keeps others than the users of this machine from reading an open server.
///
/// A web page can point a name of its own at 127.0.0.1 (DNS rebinding); then the browser sends that name as `Host`, and
/// the page's own origin. A proxy on this machine makes every request local. Most proxies add a header field, and one
/// that adds none speaks HTTP/1.0 unless it is configured otherwise.
enum OpenServerGuard {
    /// Returns the refusal of a request to an open server; nil when it is answered.
    static func problem(with request: Request) -> Problem? {
        let fields = request.fields
        if let name = ProxyFields.name(in: fields.all) {
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
            return Problem(
                421,
                "misdirected",
                "This server has another name",
                "a registry without access answers to localhost, 127.0.0.1 and [::1] only; set access up first"
            )
        }
        if let origin = fields.origin, !isLocalOrigin(origin) {
            return .forbidden("a registry without access answers no page of another origin")
        }
        return nil
    }

    private static func notForOthers(_ reason: String) -> Problem {
        Problem(421, "misdirected", "This server is not for others", reason + "; set access up first")
    }

    /// Whether an origin is one of this machine's own pages.
    static func isLocalOrigin(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return isLocal(origin.dropFirst(scheme.count))
        }
        return false
    }

    /// `localhost`, `127.0.0.1` or `[::1]`, with any port or none.
    private static func isLocal(_ authority: Substring) -> Bool {
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
