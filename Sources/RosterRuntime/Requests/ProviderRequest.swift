public import RosterModel

/// A request that a provider accepts, for any HTTP client to send.
///
/// Its headers contain the key: make it last, and release it once it is sent. Its descriptions and its mirror show
/// `[redacted]` instead of the key. A client that sends it must not follow redirects, and must compare the host and the
/// port that it parses from the URL with ``goes(to:port:)``.
public struct ProviderRequest: Sendable {
    /// `GET` or `POST`.
    public let method: String
    /// The scheme, host and port to which the key may be sent.
    public let origin: Origin
    /// Path and query.
    public let target: String
    /// The headers without `host` and `content-length`, which clients add.
    public let headers: [Field]
    /// The body; empty when there is none.
    public let body: [UInt8]

    /// A header's name and value.
    public struct Field: Sendable {
        /// The name.
        public let name: String
        /// The value; it may be a key.
        public let value: String
        /// A Boolean value that indicates whether the value is secret.
        public let isSecret: Bool

        init(_ name: String, _ value: String, isSecret: Bool = false) {
            self.name = name
            self.value = value
            self.isSecret = isSecret
        }
    }

    /// The absolute URL.
    public var url: String { "\(origin)\(target)" }

    /// A Boolean value that indicates whether a header contains a key.
    public var carriesKey: Bool { headers.contains(where: \.isSecret) }

    /// The value of `Host`.
    var hostField: String { origin.description.dropPrefix("\(origin.scheme.rawValue)://") }

    /// Returns true when a client that parses this host and port from the URL would send it to the right server.
    ///
    /// - Parameters:
    ///   - host: the host as the client parses it, an IPv6 address without brackets.
    ///   - port: the port as the client parses it, or the scheme's default.
    /// - Returns: true when both are equal.
    public func goes(to host: String, port: Int) -> Bool {
        let name: String =
            switch origin.host {
            case .name(let name): name
            case .ipv4(let address): address.description
            case .ipv6(let address): address.description
            }
        return host.utf8.elementsEqual(name.utf8) && port == Int(origin.port)
    }
}

extension ProviderRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the URL and the headers on separate lines, without secret values.
    public var description: String {
        (["\(method) \(url)"] + headers.map(\.description)).joined(separator: "\n")
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension ProviderRequest.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name and the value, without a secret value.
    public var description: String { "\(name): \(shown)" }

    /// The value to show: `[redacted]` for a key.
    package var shown: String { isSecret ? KeyEraser.mark : value }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension String {
    fileprivate func dropPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
