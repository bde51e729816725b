import RosterBytes
package import RosterModel
package import RosterPublication

/// The address of publications, as a source or a destination.
package enum PublicationAddress: Hashable, Sendable, CustomStringConvertible {
    /// `dir:PATH`, a path as people wrote it.
    case folder(String)
    /// `https://HOST/PATH/`, or `http:` for plain HTTP.
    case web(BaseURL)
    /// `oci://HOST[:PORT]/REPOSITORY[:TAG]`
    case oci(OCIReference)
    /// `etcd://HOST:PORT[,HOST:PORT…]/PREFIX`
    case etcd(EtcdAddress)

    /// The reason why a text is not an address, in a sentence without a full stop; it never repeats credentials.
    package struct Problem: Error, Hashable, Sendable {
        package let message: String
    }

    /// The requests that use TLS.
    package enum Encryption: Hashable, Sendable {
        /// All but those to this machine.
        case exceptLoopback
        case always
        case never

        fileprivate var ofRegistries: OCIReference.Encryption {
            switch self {
            case .exceptLoopback: .exceptLoopback
            case .always: .always
            case .never: .never
            }
        }

        fileprivate var ofEtcd: EtcdAddress.Transport {
            switch self {
            case .exceptLoopback: .automatic
            case .always: .tls
            case .never: .plain
            }
        }
    }

    /// The maximum number of bytes of an address.
    private static let lengthLimit = 2048

    /// Parses an address; the channel is the tag of an OCI registry when none is written.
    ///
    /// The encryption is that of addresses that do not begin with `https` or `http`.
    package init(_ text: String, channel: Channel, encryption: Encryption) throws(Problem) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw Problem(message: "the address has more than \(Self.lengthLimit) bytes")
        }
        if let path = Self.rest(of: text, after: "dir:") {
            guard !path.isEmpty, !path.utf8.contains(0) else {
                throw Problem(message: "dir: needs the path of a folder, such as dir:registry")
            }
            self = .folder(path)
        } else if text.hasPrefix(OCIReference.scheme) {
            do throws(OCIReference.Problem) {
                self = .oci(try OCIReference(text, channel: channel, encryption: encryption.ofRegistries))
            } catch { throw Problem(message: error.message) }
        } else if text.hasPrefix(EtcdAddress.scheme) {
            do throws(EtcdAddress.Problem) {
                self = .etcd(try EtcdAddress(text, transport: encryption.ofEtcd))
            } catch { throw Problem(message: error.description) }
        } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
            self = .web(try Self.web(text, isPlainHTTP: encryption == .never))
        } else {
            // Everything after a colon may be a password.
            let name = PrintableText.escape(String(text.prefix { $0 != ":" && $0 != "@" }.prefix(40)))
            throw Problem(message: "\"\(name)\" does not begin an address: use oci://, https://, etcd:// or dir:")
        }
    }

    package var description: String {
        switch self {
        case .folder(let path): "dir:\(path)"
        case .web(let base): "\(base)/"
        case .oci(let reference): reference.description
        case .etcd(let address): address.description
        }
    }

    private static func rest(of text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    private static func web(_ text: String, isPlainHTTP: Bool) throws(Problem) -> BaseURL {
        let base: BaseURL
        do throws(BaseURL.Refusal) { base = try BaseURL(text) } catch {
            throw Problem(message: "the web address \(describe(error.reason))")
        }
        guard base.origin.scheme == .https || base.origin.host.isLoopback || isPlainHTTP else {
            throw Problem(
                message: "http://\(base.origin.host) is not encrypted, and others can see what is sent: use https, or "
                    + "allow it with --plain-http"
            )
        }
        return base
    }

    private static func describe(_ reason: BaseURL.Reason) -> String {
        switch reason {
        case .userInfo:
            "has a user or a password, which the list of processes shows; put a token into the file that "
                + "ROSTER_BEARER_FILE names"
        case .query, .fragment: "has a query or a fragment, which is not allowed"
        case .port: "has no valid port: a number from 1 to 65535"
        case .host, .percentInHost, .notAbsolute, .scheme: "has no valid host"
        case .dotSegment, .emptySegment, .traversal: "has a path that servers interpret in different ways"
        case .character, .backslash, .percentEncoding: "has a character that a URL cannot have"
        }
    }
}
