extension AllowedHost {
    /// Why a text that a user gave as a host is refused.
    public enum ArgumentRefusal: Error, Hashable, Sendable {
        /// The entry itself is refused.
        case entry(Refusal)
        /// The text is read as a URL, and is not a plain one.
        case url(BaseURL.Reason)
        /// A URL of plain HTTP to a host that is not loopback.
        case insecure(Host)
    }

    /// Returns the entry that a user means by a host, with or without a port and a path, or by its URL.
    ///
    /// `https://host:8443/v1` is `host:8443/v1/`; a default port of the scheme and a `/` alone are dropped. The rest is
    /// refused as it would be in a file.
    public static func entry(ofArgument text: String) throws(ArgumentRefusal) -> String {
        if let scheme = text.firstRange(of: "://") {
            return try entry(ofScheme: text[..<scheme.upperBound], rest: text[scheme.upperBound...])
        }
        // None of these is in an entry; as parts of a URL they are named for what they are.
        if text.utf8.contains(where: { "?#@\\".utf8.contains($0) }) {
            return try entry(ofScheme: "https://", rest: text[...])
        }
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        return try checked(text[..<slash].lowercased() + withFinalSlash(text[slash...]))
    }

    private static func entry(ofScheme scheme: Substring, rest: Substring) throws(ArgumentRefusal) -> String {
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
        // On loopback a missing port admits every port.
        let isPortKept = origin.host.isLoopback && authority.hasSuffix(":\(origin.port)")
        let host = isPortKept ? "\(origin.host):\(origin.port)" : origin.allowedHost
        return try checked((isWildcard ? "*." : "") + host + withFinalSlash(url.path[...]))
    }

    private static func withFinalSlash(_ path: Substring) -> String {
        path.isEmpty || path == "/" ? "" : path.hasSuffix("/") ? String(path) : path + "/"
    }

    private static func checked(_ entry: String) throws(ArgumentRefusal) -> String {
        do throws(Refusal) {
            _ = try AllowedHost(entry)
        } catch {
            throw .entry(error)
        }
        return entry
    }
}
