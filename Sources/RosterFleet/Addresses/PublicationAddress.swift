package import RosterModel
package import RosterBytes

/// The address of publications, as a source or a destination.
package struct PublicationAddress: Hashable, Sendable, CustomStringConvertible {
    /// A host with a port, when one is written.
    package struct Endpoint: Hashable, Sendable {
        package var host: Host
        /// Nil for the port of the scheme.
        package var port: UInt16?

        package init(host: Host, port: UInt16?) { (self.host, self.port) = (host, port) }
    }

    /// The publication that an address in an OCI registry names.
    package enum Reference: Hashable, Sendable {
        /// The newest one of a tag; nil for the tag with the name of the channel.
        case tag(String?)
        /// One manifest.
        case digest(Digest)
    }

    /// The kinds of places.
    package enum Location: Hashable, Sendable {
        /// `dir:PATH`, a path as people wrote it.
        case folder(String)
        /// `https://HOST/PATH/`, or `http:` for plain HTTP; the path begins and ends with `/`.
        case web(Origin, path: String)
        /// `oci://HOST[:PORT]/REPOSITORY[:TAG]`
        case oci(Endpoint, repository: String, Reference)
        /// `etcd://HOST:PORT[,HOST:PORT…]/PREFIX`
        case etcd([Endpoint], prefix: String)
    }

    /// The reason why a text is not an address, in a sentence without a full stop; it never repeats credentials.
    package struct Problem: Error, Hashable, Sendable {
        package let message: String
    }

    /// The address as people wrote it.
    package let description: String
    package let location: Location

    /// The maximum number of bytes of an address.
    private static let lengthLimit = 2048
    /// The maximum number of endpoints of etcd.
    private static let endpointLimit = 8

    /// Parses an address.
    package init(_ text: String) throws(Problem) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw Problem(message: "the address has more than \(Self.lengthLimit) bytes")
        }
        guard let colon = text.firstIndex(of: ":") else { throw Self.unknown(text) }
        let (scheme, rest) = (text[..<colon], text[text.index(after: colon)...])
        description = text
        guard scheme != "dir" else {
            guard !rest.isEmpty, !rest.utf8.contains(0) else {
                throw Problem(message: "dir: needs the path of a folder, such as dir:registry")
            }
            location = .folder(String(rest))
            return
        }
        guard ["oci", "https", "http", "etcd"].contains(scheme), rest.hasPrefix("//") else { throw Self.unknown(text) }
        let address = rest.dropFirst(2)
        let slash = address.firstIndex(of: "/") ?? address.endIndex
        let (authority, path) = (address[..<slash], address[slash...])
        try Self.checkCharacters(scheme: String(scheme), authority, path)
        switch scheme {
        case "oci": location = try Self.oci(authority, path)
        case "etcd": location = try Self.etcd(authority, path)
        default: location = try Self.web(scheme == "https" ? .https : .http, authority, path)
        }
    }

    /// The hosts that the address names.
    package var hosts: [Host] {
        switch location {
        case .folder: []
        case .web(let origin, _): [origin.host]
        case .oci(let endpoint, _, _): [endpoint.host]
        case .etcd(let endpoints, _): endpoints.map(\.host)
        }
    }

    /// Returns the scheme of requests to the address: plain HTTP when it is allowed for all, or the host is this machine.
    ///
    /// The schemes `https` and `http` of an address itself are not changed.
    package func scheme(isPlainHTTP: Bool) -> Origin.Scheme {
        if case .web(let origin, _) = location { return origin.scheme }
        return isPlainHTTP || hosts.allSatisfy(\.isLoopback) ? .http : .https
    }
}

extension PublicationAddress {
    private static func unknown(_ text: String) -> Problem {
        // Everything after a colon may be a password.
        let name = PrintableText.escape(String(text.prefix { $0 != ":" && $0 != "@" }.prefix(40)))
        return Problem(message: "\"\(name)\" does not begin an address: use oci://, https://, etcd:// or dir:")
    }

    /// Refuses credentials, which the list of processes would show, and characters that no URL has.
    private static func checkCharacters(
        scheme: String,
        _ authority: Substring,
        _ path: Substring
    ) throws(Problem) {
        guard !authority.utf8.contains(UInt8(ascii: "@")) else {
            let message = "the \(scheme) address has a user or a password, which the list of processes shows"
            throw Problem(message: message + "; put credentials into a file: --auth-file")
        }
        let text = Array(authority.utf8) + Array(path.utf8)
        guard !text.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
            throw Problem(message: "the \(scheme) address has a query or a fragment, which is not allowed")
        }
        guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            throw Problem(message: "the \(scheme) address has a character that a URL cannot have")
        }
        guard !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            throw Problem(message: "the path of the \(scheme) address has \".\" or \"..\" as a part")
        }
    }

    private static func endpoint(_ text: Substring, _ scheme: String) throws(Problem) -> Endpoint {
        // The colons of an IPv6 address are in brackets.
        let bracket = text.lastIndex(of: "]") ?? text.startIndex
        let colon = text[bracket...].lastIndex(of: ":")
        let host: Host
        do { host = try Host(parsing: text[..<(colon ?? text.endIndex)]) } catch {
            throw Problem(message: "the \(scheme) address has no valid host")
        }
        guard let colon else { return Endpoint(host: host, port: nil) }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(digits), port > 0 else {
            throw Problem(message: "the \(scheme) address has no valid port: a number from 1 to 65535")
        }
        return Endpoint(host: host, port: port)
    }

    private static func web(
        _ scheme: Origin.Scheme,
        _ authority: Substring,
        _ path: Substring
    ) throws(Problem) -> Location {
        let endpoint = try endpoint(authority, scheme.rawValue)
        let origin = Origin(scheme: scheme, host: endpoint.host, port: endpoint.port ?? scheme.defaultPort)
        let path = path.isEmpty ? "/" : String(path)
        return .web(origin, path: path.hasSuffix("/") ? path : path + "/")
    }

    private static func etcd(_ authority: Substring, _ path: Substring) throws(Problem) -> Location {
        let parts = authority.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= endpointLimit else {
            throw Problem(
                message: "the etcd address has \(parts.count) hosts, and at most \(endpointLimit) are allowed"
            )
        }
        var endpoints: [Endpoint] = []
        for part in parts { endpoints.append(try endpoint(part, "etcd")) }
        let prefix = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }.count
        guard prefix > 1 else {
            throw Problem(message: "the etcd address needs a prefix of keys, such as etcd://HOST:2379/roster")
        }
        return .etcd(endpoints, prefix: String(decoding: path.utf8.prefix(prefix).dropFirst(), as: UTF8.self))
    }

    private static func oci(_ authority: Substring, _ path: Substring) throws(Problem) -> Location {
        let endpoint = try endpoint(authority, "oci")
        var name = path.dropFirst()
        var reference = Reference.tag(nil)
        if let at = name.firstRange(of: "@sha256:") {
            guard let bytes = LowerHex.decode(Array(name[at.upperBound...].utf8).span), bytes.count == 32 else {
                throw Problem(message: "the digest of the oci address is not 64 lower-case hexadecimal digits")
            }
            reference = .digest(Digest(bytes: bytes))
            name = name[..<at.lowerBound]
        } else if let colon = name.lastIndex(of: ":") {
            let tag = String(name[name.index(after: colon)...])
            guard isTag(tag) else { throw Problem(message: "the tag of the oci address is not valid") }
            reference = .tag(tag)
            name = name[..<colon]
        }
        guard !name.isEmpty, name.utf8.count <= 255,
            name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isRepositoryPart)
        else {
            throw Problem(
                message:
                    "the repository of the oci address is not valid: lower-case letters, digits, \".\", \"_\", \"-\""
            )
        }
        return .oci(endpoint, repository: String(name), reference)
    }

    /// The rule of OCI's distribution-spec for tags.
    private static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return (first.isASCIILetterOrDigit || first == UInt8(ascii: "_"))
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F].contains($0) }
    }

    /// The rule of OCI's distribution-spec for the parts of repository names, without that for runs of separators.
    private static func isRepositoryPart(_ text: Substring) -> Bool {
        func isWord(_ byte: UInt8) -> Bool { byte.isASCIIDigit || (0x61...0x7A).contains(byte) }
        guard let first = text.utf8.first, let last = text.utf8.last, isWord(first), isWord(last) else { return false }
        return text.utf8.allSatisfy { isWord($0) || [0x2D, 0x2E, 0x5F].contains($0) }
    }
}
