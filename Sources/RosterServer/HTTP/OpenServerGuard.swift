/// Keeps web pages from reading an open server through a browser on the same machine.
///
/// A page can make a name of its own lead to 127.0.0.1 (DNS rebinding); then the browser sends that name as `Host`, and
/// the page's own origin.
enum OpenServerGuard {
    /// Why a request to an open server is refused; nil when it is not.
    static func problem(with request: Request) -> Problem? {
        let fields = request.fields
        if fields.isForwarded {
            return Problem(
                421,
                "misdirected",
                "This server is not for others",
                "a registry without access answers no request that a proxy passed on; set access up first"
            )
        }
        let host = request.target.authority ?? fields.host.map { $0[...] }
        if let host, !isLocal(host) {
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
