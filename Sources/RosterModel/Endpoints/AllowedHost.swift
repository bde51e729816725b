/// An entry of a secret's `allowedHosts`: a place that a key may be sent to.
public struct AllowedHost: Hashable, Sendable {
    /// The host; behind a wildcard, what follows `*.`.
    public var host: Host
    /// Whether exactly one label stands in front of ``host``.
    public var isWildcard: Bool
    /// The port, when one is written.
    public var port: UInt16?
    /// What the final request's path must start with, with `/` at both ends; empty when any path will do.
    public var pathPrefix: String

    /// Why an entry is refused.
    public enum Refusal: Error, Sendable, Hashable {
        /// It starts with `scheme://`.
        case scheme
        /// The host is none.
        case host(Host.Refusal)
        /// A letter of the host is not in lower case.
        case notLowercase
        /// The port is no number from 1 to 65535.
        case port
        /// The path does not end in `/`, or holds what no path holds.
        case path
        /// `*` stands elsewhere than in front as `*.`.
        case wildcardPlace
        /// `*.` is followed by fewer than two labels.
        case wildcardTooWide
        /// `*.` is followed by an address.
        case wildcardAddress
        /// `*.` is followed by a suffix under which strangers register.
        case sharedSuffix(String)
        /// The host is one that nothing is ever sent to.
        case forbidden
    }

    /// Reads an entry.
    public init(_ text: String) throws(Refusal) {
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        let hasScheme = text[..<slash].utf8.last == UInt8(ascii: ":") && text[slash...].utf8.starts(with: "//".utf8)
        guard !hasScheme else { throw .scheme }
        pathPrefix = String(text[slash...])
        guard Self.isPathPrefix(pathPrefix) else { throw .path }
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

    private static func isPathPrefix(_ path: String) -> Bool {
        guard !path.isEmpty else { return true }
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.last == UInt8(ascii: "/") else { return false }
        // The path of a base URL takes the same characters; the host before it does not matter here.
        guard let url = try? BaseURL("https://host" + path) else { return false }
        return path == "/" || url.path + "/" == path
    }

    private func checkWildcard() throws(Refusal) {
        guard case .name(let suffix) = host else { throw .wildcardAddress }
        guard suffix.utf8.contains(UInt8(ascii: ".")) else { throw .wildcardTooWide }
        if let shared = SharedSuffix.containing(suffix) { throw .sharedSuffix(shared) }
    }

    /// Whether the key may go to a request of that origin, whose final path is `path` with a `/` in front.
    public func admits(_ origin: Origin, path: @autoclosure () -> String) -> Bool {
        guard admits(origin.host) else { return false }
        if let port {
            guard port == origin.port else { return false }
        } else if origin.port != origin.scheme.defaultPort && !origin.host.isLoopback {
            return false
        }
        return pathPrefix.isEmpty || path().utf8.starts(with: pathPrefix.utf8)
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
