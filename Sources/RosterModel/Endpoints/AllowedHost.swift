import RosterBytes

/// An entry of a secret's `allowedHosts`.
public struct AllowedHost: Hashable, Sendable {
    /// The host, or the part after `*.` for a wildcard.
    public private(set) var host: Host
    /// A Boolean value that indicates whether exactly one label precedes ``host``.
    public private(set) var isWildcard: Bool
    /// The port, or nil for an entry without one.
    public private(set) var port: UInt16?
    /// The prefix of the request's final path, with `/` at both ends, or empty when every path is allowed.
    public private(set) var pathPrefix: String
    /// The entry as it is written.
    public let text: String

    /// The reason why an entry is rejected.
    public enum Refusal: Error, Sendable, Hashable {
        /// It starts with `scheme://`.
        case scheme
        /// The host is not valid.
        case host(Host.Refusal)
        /// A letter of the host is not in lower case.
        case notLowercase
        /// The port is not a number from 1 to 65535.
        case port
        /// The path does not end in `/`.
        case path
        /// Servers may interpret the path differently.
        case pathReason(BaseURL.Reason)
        /// `*` appears anywhere but at the start, as `*.`.
        case wildcardPlace
        /// `*.` is followed by fewer than two labels.
        case wildcardTooWide
        /// `*.` is followed by an address.
        case wildcardAddress
        /// `*.` is followed by a suffix under which anyone can register a name.
        case sharedSuffix(String)
        /// Requests to this host are always forbidden.
        case forbidden
    }

    /// Parses an entry.
    public init(_ text: String) throws(Refusal) {
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        let hasScheme = text[..<slash].utf8.last == UInt8(ascii: ":") && text[slash...].utf8.starts(with: "//".utf8)
        guard !hasScheme else { throw .scheme }
        self.text = text
        pathPrefix = String(text[slash...])
        try Self.checkPathPrefix(pathPrefix)
        var authority = text[..<slash]
        isWildcard = authority.hasPrefix("*.")
        if isWildcard { authority = authority.dropFirst(2) }
        guard !authority.utf8.contains(UInt8(ascii: "*")) else { throw .wildcardPlace }
        port = try Self.splitPort(&authority)
        do throws(Host.Refusal) {
            host = try Host(parsing: authority)
        } catch {
            throw .host(error)
        }
        guard host.description == authority else { throw .notLowercase }
        guard !host.isForbidden else { throw .forbidden }
        if isWildcard { try checkWildcard() }
    }

    private static func splitPort(_ authority: inout Substring) throws(Refusal) -> UInt16? {
        let from = authority.utf8.first == UInt8(ascii: "[") ? authority.utf8.firstIndex(of: UInt8(ascii: "]")) : nil
        let searched = authority[(from ?? authority.startIndex)...]
        guard let colon = searched.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let digits = authority[authority.utf8.index(after: colon)...]
        guard digits.utf8.allSatisfy(\.isASCIIDigit), digits.utf8.first != UInt8(ascii: "0"),
            let port = UInt16(digits)
        else { throw .port }
        authority = authority[..<colon]
        return port
    }

    private static func checkPathPrefix(_ path: String) throws(Refusal) {
        guard !path.isEmpty else { return }
        do throws(BaseURL.Refusal) {
            // The same characters are valid in the path of a base URL of any host.
            _ = try BaseURL("https://host" + path)
        } catch {
            throw .pathReason(error.reason)
        }
        guard path.utf8.last == UInt8(ascii: "/") else { throw .path }
    }

    private func checkWildcard() throws(Refusal) {
        guard case .name(let suffix) = host else { throw .wildcardAddress }
        guard suffix.utf8.contains(UInt8(ascii: ".")) else { throw .wildcardTooWide }
        if let shared = SharedSuffix.containing(suffix) { throw .sharedSuffix(shared) }
    }

    /// Returns a Boolean value that indicates whether the key may be sent to a URL.
    ///
    /// With a prefix, the path must be below it no matter how often a server decodes it.
    ///
    /// - Parameters:
    ///   - origin: the URL's origin.
    ///   - path: the final path, percent-encoded, with a leading `/`; not evaluated without a prefix.
    /// - Returns: true when host, port and path are admitted.
    public func admits(_ origin: Origin, path: @autoclosure () -> String) -> Bool {
        guard admits(origin) else { return false }
        guard !pathPrefix.isEmpty else { return true }
        let path = path()
        return PathPrefix.contains(pathPrefix, path) && PathTraversal.isAbsent(in: path)
    }

    /// Returns a Boolean value that indicates whether the key may be sent to every URL below a base URL.
    ///
    /// This applies to a base URL that is passed to another program, whose paths are unknown.
    public func admitsAll(below base: BaseURL) -> Bool {
        admits(base.origin, path: base.path + "/")
    }

    /// Returns a Boolean value that indicates whether this entry admits all URLs that `other` admits.
    public func covers(_ other: AllowedHost) -> Bool {
        guard port == other.port || port == nil && other.host.isLoopback else { return false }
        guard pathPrefix.isEmpty || PathPrefix.contains(pathPrefix, other.pathPrefix) else { return false }
        return isWildcard == other.isWildcard ? host == other.host : !other.isWildcard && admits(other.host)
    }

    private func admits(_ origin: Origin) -> Bool {
        guard admits(origin.host) else { return false }
        if let port { return port == origin.port }
        return origin.port == origin.scheme.defaultPort || origin.host.isLoopback
    }

    private func admits(_ other: Host) -> Bool {
        guard isWildcard else { return host == other }
        guard case .name(let suffix) = host, case .name(let name) = other, name.hasSuffix("." + suffix) else {
            return false
        }
        let label = name.utf8.dropLast(suffix.utf8.count + 1)
        return !label.isEmpty && !label.contains(UInt8(ascii: "."))
    }
}
