package import RosterBytes
package import RosterModel
package import RosterPublication

/// The address of a publication in an OCI registry: `oci://HOST[:PORT]/REPOSITORY[:TAG][@sha256:DIGEST]`.
package struct OCIReference: Hashable, Sendable, CustomStringConvertible {
    /// The conditions under which a registry is asked without TLS.
    package enum Encryption: Hashable, Sendable {
        /// Loopback is asked by http, and every other host by https.
        case exceptLoopback
        /// Every host is asked by https.
        case always
        /// Every host is asked by http.
        case never
    }

    /// The reason why a text is not a reference.
    ///
    /// The message does not contain the text, which may contain a password.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// A sentence without a full stop.
        package let message: String

        package var description: String { message }
    }

    /// The scheme of the text.
    package static let scheme = "oci://"

    /// The host and the port as written, which name the registry in messages and in files of credentials.
    package let registry: String
    /// The origin of the registry's API.
    package let origin: Origin
    /// The name of the repository, such as `acme/llm-registry`.
    package let repository: String
    /// The tag; nil for a reference that has only a digest.
    package let tag: String?
    /// The digest of the manifest, which the tag may not have any more; nil for the newest manifest of the tag.
    package let digest: Digest?
    /// A Boolean value that indicates whether credentials may be sent without TLS.
    package let isPlainAllowed: Bool

    /// Parses a reference; the channel is the tag of a reference without a tag and without a digest.
    package init(_ text: String, channel: Channel, encryption: Encryption) throws(Problem) {
        guard text.utf8.starts(with: Self.scheme.utf8) else {
            throw Problem(message: "the address must start with \"\(Self.scheme)\"")
        }
        let parts = try Parts(text.utf8.dropFirst(Self.scheme.utf8.count))
        let secure = try Self.origin(parts.authority)
        let isDockerHub = Self.dockerHub.contains(secure)
        let isPlain = encryption == .never || encryption == .exceptLoopback && secure.host.isLoopback
        isPlainAllowed = isPlain && !isDockerHub
        if isDockerHub {
            origin = Self.dockerHubAPI
        } else {
            origin = isPlain ? try Self.origin(parts.authority, scheme: .http) : secure
        }
        let isOfficial = isDockerHub && !parts.repository.utf8.contains(UInt8(ascii: "/"))
        repository = isOfficial ? "library/" + parts.repository : parts.repository
        registry = isDockerHub ? Self.dockerHubName : String(parts.authority).lowercased()
        tag = parts.tag ?? (parts.digest == nil ? channel.description : nil)
        digest = parts.digest
    }

    /// The tag or, for a reference with a digest, the digest as OCI writes it.
    package var version: String { digest.map { "sha256:" + $0.hex } ?? tag ?? "" }

    /// A Boolean value that indicates whether the registry counts each read of a manifest, except by `HEAD`.
    package var isMetered: Bool { registry == Self.dockerHubName }

    package var description: String {
        var text = "\(Self.scheme)\(registry)/\(repository)"
        if let tag { text += ":" + tag }
        if let digest { text += "@sha256:" + digest.hex }
        return text
    }

    /// The names of the registry in files of credentials.
    package var credentialNames: [String] {
        if registry == Self.dockerHubName { return [registry, "index.docker.io", "registry-1.docker.io"] }
        let host = origin.host.description
        return origin.port == origin.scheme.defaultPort ? [host, "\(host):\(origin.port)"] : ["\(host):\(origin.port)"]
    }

    private static let dockerHubName = "docker.io"
    private static let dockerHubAPI = Origin(scheme: .https, host: .name("registry-1.docker.io"), port: 443)
    private static let dockerHub: Set = [
        Origin(scheme: .https, host: .name(dockerHubName), port: 443),
        Origin(scheme: .https, host: .name("index.docker.io"), port: 443), dockerHubAPI,
    ]

    private static func origin(
        _ authority: Substring,
        scheme: Origin.Scheme = .https
    ) throws(Problem) -> Origin {
        do { return try BaseURL("\(scheme.rawValue)://\(authority)").origin } catch {
            let reason =
                switch error.reason {
                case .port: "the port is not a number from 1 to 65535"
                case .host(.empty): "the address has no host"
                default: "the host is not a name, an IPv4 address, or an IPv6 address in brackets"
                }
            throw Problem(message: reason)
        }
    }
}
