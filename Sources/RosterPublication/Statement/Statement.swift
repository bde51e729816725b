package import RosterBytes
import RosterJSON
package import RosterModel

/// The claims of a publication: an in-toto statement (version 1) about a compiled registry.
package struct Statement: Hashable, Sendable {
    /// A file by its content.
    package struct Content: Hashable, Sendable {
        /// The SHA-256 digest.
        package var digest: Digest
        /// The number of bytes.
        package var size: Int

        package init(digest: Digest, size: Int) {
            self.digest = digest
            self.size = size
        }

        /// Describes bytes.
        package init(of bytes: [UInt8]) { self.init(digest: .sha256(of: bytes.span), size: bytes.count) }
    }

    /// The commit that the registry was compiled from.
    package struct Commit: Hashable, Sendable {
        /// 40 or 64 lower-case hexadecimal digits.
        package let id: String
        package let date: Timestamp

        /// Creates a commit; nil for a text that is not the full id of one.
        package init?(id: String, date: Timestamp) {
            guard [40, 64].contains(id.utf8.count), id.utf8.allSatisfy(\.isLowercaseHexDigit) else { return nil }
            self.id = id
            self.date = date
        }
    }

    /// The type of the statement.
    package static let type = "https://in-toto.io/Statement/v1"
    /// The type of the claims; a change of their meaning is `v2`.
    package static let predicateType = "urn:roster:publication/v1"
    /// The names of the two files.
    package static let (registryName, compressedName) = ("registry.json", "registry.json.gz")

    package var channel: Channel
    package var serial: Serial
    package var issued: Timestamp
    package var expires: Timestamp
    /// `registry.json`.
    package var registry: Content
    /// `registry.json.gz`, which is checked before it is unpacked.
    package var compressed: Content
    /// Nil when the registry was not compiled from a commit.
    package var commit: Commit?

    package init(
        channel: Channel,
        serial: Serial,
        issued: Timestamp,
        expires: Timestamp,
        registry: Content,
        compressed: Content,
        commit: Commit?
    ) {
        (self.channel, self.serial, self.issued, self.expires) = (channel, serial, issued, expires)
        (self.registry, self.compressed, self.commit) = (registry, compressed, commit)
    }
}
