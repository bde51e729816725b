/// Where a request goes: scheme, host and port, in the one form in which they compare.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// How the request travels.
    public var scheme: Scheme
    /// The host in lower case; an IPv6 address without brackets.
    public var host: Host
    /// The port, the scheme's own when none was written.
    public var port: UInt16

    /// Makes an origin.
    public init(scheme: Scheme, host: Host, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// The schemes that a provider can be reached by.
    public enum Scheme: String, Sendable, Hashable {
        /// TLS.
        case https
        /// Plain text, for loopback.
        case http

        /// The port when none is written.
        public var defaultPort: UInt16 { self == .https ? 443 : 80 }
    }

    /// The origin as a URL without a path.
    public var description: String {
        let authority = port == scheme.defaultPort ? "\(host)" : "\(host):\(port)"
        return "\(scheme.rawValue)://\(authority)"
    }
}
