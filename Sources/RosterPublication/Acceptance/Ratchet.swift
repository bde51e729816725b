package import RosterBytes
package import RosterModel

/// The newest publication that was accepted, below which none is accepted again.
package struct Ratchet: Hashable, Sendable {
    package let serial: Serial
    /// The digest of the statement's bytes.
    package let payloadDigest: Digest
    /// The time that the clock cannot be set back before.
    package let issued: Timestamp

    package init(serial: Serial, payloadDigest: Digest, issued: Timestamp) {
        (self.serial, self.payloadDigest, self.issued) = (serial, payloadDigest, issued)
    }
}
