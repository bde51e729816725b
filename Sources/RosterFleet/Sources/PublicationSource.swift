package import RosterBytes

/// A place from which the publications of one channel are read: an OCI registry, a web server, a folder, or etcd.
///
/// Nothing that a source returns is trusted: the follower checks every manifest, envelope and blob.
package protocol PublicationSource: Sendable {
    /// The address as people wrote it, without credentials.
    var address: String { get }

    /// Returns a stream of the manifest of the newest publication, first the existing one and then every change, until the
    /// task that reads the stream is cancelled.
    ///
    /// The schedule has the clock and the random numbers of the times between requests.
    func events(_ schedule: Schedule) -> AsyncStream<SourceEvent>

    /// Reads the blob of a digest into a sink, from its start.
    ///
    /// The sink counts, hashes and limits the bytes, and its errors end the read.
    func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem)
}

/// A report of a source.
package enum SourceEvent: Sendable {
    /// The bytes of the manifest.
    case manifest([UInt8])
    /// The source was read, and its manifest is that of the last event.
    case same
    /// The source could not be read; its last manifest is still the newest that is known.
    case failed(SourceProblem)
}
