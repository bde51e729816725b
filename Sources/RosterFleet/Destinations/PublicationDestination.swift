package import RosterPublication

/// A place to which publications are written.
package protocol PublicationDestination: Sendable {
    /// The address as people wrote it, without credentials.
    var address: String { get }

    /// Reads the publication that the channel has now; nil when it has none.
    func current() async throws(DestinationProblem) -> PublishedManifest?

    /// Writes a publication: its blobs first, then its manifest, atomically, and only if the channel still has what ``current()``
    /// returned.
    ///
    /// As many older publications stay as `kept`.
    ///
    /// - Returns: the reason why more older publications stay; nil when they were removed, or when the place has a
    ///   retention policy for them.
    @discardableResult
    func publish(
        _ publication: SignedPublication,
        after seen: PublishedManifest?,
        keeping kept: Int
    ) async throws(DestinationProblem) -> SourceProblem?
}

/// The manifest of a channel as a destination returned it.
package struct PublishedManifest: Sendable, Hashable {
    package var manifest: [UInt8]
    /// The bytes of the envelope, which a manifest may leave out.
    package var envelope: [UInt8]
    /// The state of the destination at the read, such as the revision of a key of etcd; nil when it has none.
    package var revision: String?

    package init(manifest: [UInt8], envelope: [UInt8], revision: String? = nil) {
        (self.manifest, self.envelope, self.revision) = (manifest, envelope, revision)
    }
}

/// The files of a publication.
package struct SignedPublication: Sendable {
    package var statement: Statement
    /// The bytes of the envelope.
    package var envelope: [UInt8]
    /// `registry.json.gz`.
    package var compressed: [UInt8]
    package var manifest: [UInt8]

    package init(statement: Statement, envelope: [UInt8], compressed: [UInt8]) {
        (self.statement, self.envelope, self.compressed) = (statement, envelope, compressed)
        manifest = Manifest.encode(statement, envelope: envelope, compressed: compressed)
    }
}

/// The reason why a publication was not written.
package enum DestinationProblem: Error, Sendable, Hashable {
    /// Another publisher was faster; the message names the serial.
    case overtaken(by: Serial)
    /// The destination cannot be read or written.
    case failed(SourceProblem)
}
