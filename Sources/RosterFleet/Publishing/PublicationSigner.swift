import RosterBytes
package import RosterModel
package import RosterPublication
package import SealedBoxes
import RosterServer

/// Signs registries as publications.
package enum PublicationSigner {
    /// The claims that are not those of the registry itself.
    package struct Claims: Sendable {
        package var channel: Channel
        package var serial: Serial
        package var issued: Timestamp
        /// The validity in seconds.
        package var validity: Int64

        package init(channel: Channel, serial: Serial, issued: Timestamp, validity: Int64) {
            (self.channel, self.serial, self.issued, self.validity) = (channel, serial, issued, validity)
        }
    }

    /// The reason why a registry cannot be published, in a sentence without a full stop.
    package struct Problem: Error, Hashable, Sendable {
        package let message: String
    }

    /// A registry with its compressed form.
    package struct Content: Sendable {
        package var registry: Statement.Content
        package var compressed: [UInt8]
        package var commit: Statement.Commit?

        /// Compresses a registry.
        package init(_ registry: [UInt8], commit: Statement.Commit?) throws(Problem) {
            guard registry.count <= PublicationLimits.registry else {
                let limit = PublicationLimits.registry
                throw Problem(
                    message: "the registry has \(registry.count) bytes, and at most \(limit) can be published"
                )
            }
            guard let compressed = GzipEncoding.compress(registry.span) else {
                throw Problem(message: "there is no memory to compress the registry")
            }
            guard compressed.count <= PublicationLimits.compressed else {
                let limit = PublicationLimits.compressed
                throw Problem(message: "the compressed registry has more than the \(limit) bytes that can be published")
            }
            (self.registry, self.compressed, self.commit) = (Statement.Content(of: registry), compressed, commit)
        }
    }

    /// Signs a registry.
    package static func sign(
        _ content: Content,
        _ claims: Claims,
        with key: borrowing SigningPrivateKey
    ) -> SignedPublication {
        let statement = Statement(
            channel: claims.channel,
            serial: claims.serial,
            issued: claims.issued,
            expires: claims.issued.adding(claims.validity),
            registry: content.registry,
            compressed: Statement.Content(of: content.compressed),
            commit: content.commit
        )
        let envelope = Envelope(signing: statement.payload, with: key)
        return SignedPublication(statement: statement, envelope: envelope.bytes, compressed: content.compressed)
    }
}
