import RosterBytes
package import RosterModel

/// The address of a cluster of etcd and of a prefix of its keys: `etcd://HOST:PORT[,HOST:PORT…]/PREFIX`.
package struct EtcdAddress: Hashable, Sendable, CustomStringConvertible {
    /// The transport of requests.
    package enum Transport: Hashable, Sendable {
        /// TLS, except to this machine.
        case automatic
        /// TLS, also to this machine.
        case tls
        /// Plain text.
        case plain
    }

    /// The reason why a text is not an address.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// A sentence without a full stop; it never repeats a name or a password.
        package let description: String

        init(_ description: String) { self.description = description }
    }

    /// The scheme, and the characters that follow it.
    package static let scheme = "etcd://"
    /// The maximum number of endpoints.
    package static let endpointLimit = 8
    /// The maximum number of bytes of a prefix.
    package static let prefixLimit = 256

    /// The address as people wrote it.
    package let description: String
    /// One to ``endpointLimit`` different servers of the cluster.
    package let endpoints: [Origin]
    /// The prefix, without `/` at its start and its end.
    package let prefix: String

    /// Parses an address.
    package init(_ text: String, transport: Transport = .automatic) throws(Problem) {
        guard text.utf8.starts(with: Self.scheme.utf8) else { throw Problem("the address does not start with etcd://") }
        let rest = text.dropFirst(Self.scheme.count)
        guard !rest.utf8.contains(UInt8(ascii: "@")) else {
            throw Problem(
                "the address has a user: remove it, and set ROSTER_ETCD_USER and ROSTER_ETCD_PASSWORD_FILE instead"
            )
        }
        guard !rest.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
            throw Problem("the address has a query or a fragment, which etcd:// does not allow")
        }
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        prefix = try Self.prefix(rest[slash...])
        endpoints = try Self.endpoints(rest[..<slash], transport)
        description = text
    }

    private static func prefix(_ path: Substring) throws(Problem) -> String {
        var path = path.dropFirst()
        if path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
        guard !path.isEmpty else {
            throw Problem("the address has no prefix of keys: write it after the hosts, as in etcd://db1:2379/roster")
        }
        guard path.utf8.count <= prefixLimit else {
            throw Problem("the prefix has \(path.utf8.count) bytes, and at most \(prefixLimit) are allowed")
        }
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard !segment.isEmpty else { throw Problem("the prefix has an empty part between two \"/\"") }
            guard segment.isName(with: "._-:"), segment != ".", segment != ".." else {
                let shown = PrintableText.escape(String(segment.prefix(40)))
                throw Problem(
                    "the part \"\(shown)\" of the prefix is not allowed: use letters, digits, \".\", \"_\", \"-\" and \":\""
                )
            }
        }
        return String(path)
    }

    private static func endpoints(_ list: Substring, _ transport: Transport) throws(Problem) -> [Origin] {
        let parts = list.split(separator: ",", maxSplits: endpointLimit, omittingEmptySubsequences: false)
        guard parts.count <= endpointLimit else { throw Problem("the address has more than \(endpointLimit) hosts") }
        var endpoints: [Origin] = []
        for part in parts {
            let endpoint = try endpoint(part, transport)
            guard !endpoints.contains(endpoint) else { throw Problem("the host \(part) appears twice") }
            endpoints.append(endpoint)
        }
        return endpoints
    }

    private static func endpoint(_ text: Substring, _ transport: Transport) throws(Problem) -> Origin {
        let shown = PrintableText.escape(String(text.prefix(80)))
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            throw Problem("the host \"\(shown)\" has no port: write HOST:PORT, such as db1:2379")
        }
        let digits = text[text.utf8.index(after: colon)...]
        guard digits.utf8.allSatisfy(\.isASCIIDigit), digits.utf8.first != UInt8(ascii: "0"),
            let port = UInt16(digits), port > 0
        else { throw Problem("the port of \"\(shown)\" is not a number from 1 to 65535") }
        let host: Host
        do { host = try Host(parsing: text[..<colon]) } catch {
            throw Problem("\"\(shown)\" does not start with the name or the address of a host")
        }
        let isPlain =
            switch transport {
            case .automatic: host.isLoopback
            case .tls: false
            case .plain: true
            }
        return Origin(scheme: isPlain ? .http : .https, host: host, port: port)
    }
}
