import RosterBytes

extension AllowedHost {
    /// The reason why a host argument is rejected.
    public enum ArgumentRefusal: Error, Hashable, Sendable {
        /// The text is not a valid entry.
        case entry(Refusal)
        /// The text is a URL that has more than a scheme, host, port and path.
        case url(BaseURL.Reason)
        /// The URL uses plain HTTP for a host that is not loopback.
        case insecure(Host)
    }

    /// Returns the entry for a host argument, which is an entry or a URL.
    ///
    /// `https://host:8443/v1` is `host:8443/v1/`; a default port of the scheme and a `/` alone are dropped. Other text is
    /// rejected as in a file.
    public static func entry(ofArgument text: String) throws(ArgumentRefusal) -> AllowedHost {
        if let scheme = text.firstRange(of: "://") {
            return try entry(ofScheme: text[..<scheme.upperBound], rest: text[scheme.upperBound...])
        }
        // No entry contains these; they are reported as parts of a URL.
        if text.utf8.contains(where: { "?#@\\".utf8.contains($0) }) {
            return try entry(ofScheme: "https://", rest: text[...])
        }
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        return try checked(text[..<slash].lowercased() + withFinalSlash(text[slash...]))
    }

    private static func entry(ofScheme scheme: Substring, rest: Substring) throws(ArgumentRefusal) -> AllowedHost {
        let isWildcard = rest.hasPrefix("*.")
        let url: BaseURL
        do throws(BaseURL.Refusal) {
            url = try BaseURL(String(scheme + (isWildcard ? rest.dropFirst(2) : rest)))
        } catch {
            throw .url(error.reason)
        }
        let origin = url.origin
        guard origin.scheme == .https || !isWildcard && origin.host.isLoopback else { throw .insecure(origin.host) }
        let authority = rest.prefix { $0 != "/" }
        // For loopback, an entry without a port allows every port.
        let isPortKept = origin.host.isLoopback && authority.hasSuffix(":\(origin.port)")
        let host = isPortKept ? "\(origin.host):\(origin.port)" : origin.allowedHost
        return try checked((isWildcard ? "*." : "") + host + withFinalSlash(url.path[...]))
    }

    private static func withFinalSlash(_ path: Substring) -> String {
        path.isEmpty || path == "/" ? "" : path.hasSuffix("/") ? String(path) : path + "/"
    }

    private static func checked(_ entry: String) throws(ArgumentRefusal) -> AllowedHost {
        do throws(Refusal) { return try AllowedHost(entry) } catch { throw .entry(error) }
    }
}
