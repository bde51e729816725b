/// The scheme, host and port of a request, in the form in which origins compare.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// The scheme.
    public var scheme: Scheme
    /// The host in lower case; an IPv6 address without brackets.
    public var host: Host
    /// The port, which defaults to that of the scheme.
    public var port: UInt16

    /// Creates an origin.
    public init(scheme: Scheme, host: Host, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// The schemes of requests to providers.
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
