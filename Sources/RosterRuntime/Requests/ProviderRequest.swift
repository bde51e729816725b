public import RosterModel

/// A request that a provider accepts, for any HTTP client to send.
///
/// Its headers hold the key, so it is made last and dropped once it is sent. What is printed of it, and what a debugger's
/// mirror shows, has `[redacted]` in the key's place. Whoever sends it follows no redirect, and holds its client's own
/// reading of the URL against ``goes(to:port:)``.
public struct ProviderRequest: Sendable {
    /// `GET` or `POST`.
    public let method: String
    /// Scheme, host and port, which the key may be sent to.
    public let origin: Origin
    /// Path and query.
    public let target: String
    /// The headers but `host` and `content-length`, which clients add.
    public let headers: [Field]
    /// The body; empty when there is none.
    public let body: [UInt8]

    /// A header's name and value.
    public struct Field: Sendable {
        /// The name.
        public let name: String
        /// The value; it may be a key.
        public let value: String
        /// Whether the value is one that must not be seen.
        public let isSecret: Bool

        init(_ name: String, _ value: String, isSecret: Bool = false) {
            self.name = name
            self.value = value
            self.isSecret = isSecret
        }
    }

    /// The absolute URL.
    public var url: String { "\(origin)\(target)" }

    /// Whether a header carries a key.
    public var carriesKey: Bool { headers.contains(where: \.isSecret) }

    /// The value of `Host`.
    var hostField: String { origin.description.dropPrefix("\(origin.scheme.rawValue)://") }

    /// Whether a client that reads the URL as this host and port would send it where it is meant to go.
    ///
    /// - Parameters:
    ///   - host: the host as the client reads it, an IPv6 address without brackets.
    ///   - port: the port as the client reads it, or the scheme's own.
    /// - Returns: true when both are the very same.
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
    /// Method, URL and headers, a line each, without what must not be seen.
    public var description: String {
        (["\(method) \(url)"] + headers.map(\.description)).joined(separator: "\n")
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension ProviderRequest.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Name and value, without what must not be seen.
    public var description: String { "\(name): \(isSecret ? KeyEraser.mark : value)" }

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
