package import RosterHTTPClient
import RosterPublication

/// A tag of an OCI registry to which publications are written.
///
/// A registry has no compare-and-swap. The tag is read before it is written, and again after a second: of two publishers at the
/// same time, the one with the lower serial finds out that it lost.
package struct OCIDestination: PublicationDestination {
    package let address: String
    let client: OCIClient
    let remover: OCIClient
    let tag: String
    private let schedule: Schedule

    /// The time after which a written tag is read again.
    private static let settling = Duration.seconds(1)
    /// The number of times that a manifest is written.
    private static let attempts = 2
    /// The types of what a tag may already have, which must not be overwritten.
    private static let knownTypes = [
        Manifest.mediaType, "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ]

    /// Creates a destination, and refuses a digest, and a tag to which no serial can be appended.
    ///
    /// The schedule has the pause before a written tag is read again; tokens expire by the clock `now`.
    package init(
        _ reference: OCIReference,
        sender: any HTTPSender,
        credentials: OCICredentials,
        schedule: Schedule = .system,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws(OCIReference.Problem) {
        guard reference.digest == nil, let tag = reference.tag else {
            throw OCIReference.Problem(message: "a publication is written to a tag, and the address has a digest")
        }
        guard Channel(tag) != nil else {
            throw OCIReference.Problem(message: "the tag of a publication must be \(Channel.rule)")
        }
        address = reference.description
        self.tag = tag
        self.schedule = schedule
        client = OCIClient(reference, .push, sender, credentials, now: now)
        remover = OCIClient(reference, .delete, sender, credentials, now: now)
    }

    package func current() async throws(DestinationProblem) -> PublishedManifest? {
        guard let manifest = try await read() else { return nil }
        return PublishedManifest(manifest: manifest, envelope: try await envelope(of: manifest))
    }

    @discardableResult
    package func publish(
        _ publication: SignedPublication,
        after seen: PublishedManifest?,
        keeping kept: Int
    ) async throws(DestinationProblem) -> SourceProblem? {
        let (manifest, serial) = (publication.manifest, publication.statement.serial)
        try await wrap { () async throws(SourceProblem) in
            for blob in [publication.compressed, publication.envelope, Manifest.emptyConfig] {
                try await client.upload(blob)
            }
        }
        if let now = try await read(), now != manifest, now != seen?.manifest {
            throw .overtaken(by: try await self.serial(of: now))
        }
        try await wrap { () async throws(SourceProblem) in
            try await client.put(manifest, tag: Self.tag(tag, serial))
        }
        try await writeAndConfirm(manifest, serial)
        await removeOlder(than: serial, keeping: kept)
        // Most registries have a retention policy instead, and refuse to remove tags.
        return nil
    }

    /// Writes the tag, and reads it again after a pause.
    private func writeAndConfirm(_ manifest: [UInt8], _ serial: Serial) async throws(DestinationProblem) {
        for _ in 0..<Self.attempts {
            try await wrap { () async throws(SourceProblem) in try await client.put(manifest, tag: tag) }
            guard await schedule.sleep(Self.settling) else {
                throw .failed(SourceProblem(.unreachable, "the publication to \(address) was cancelled"))
            }
            guard let now = try await read() else { continue }
            if now == manifest { return }
            let other = try await self.serial(of: now)
            if other >= serial { throw .overtaken(by: other) }
        }
        throw .failed(SourceProblem(.refused, "another program keeps writing older publications to \(address)"))
    }

    /// Returns the manifest that the tag has; nil for none.
    private func read() async throws(DestinationProblem) -> [UInt8]? {
        do { return try await client.manifest(tag, types: Self.knownTypes)?.bytes } catch {
            guard error.reason == .notFound else { throw .failed(error) }
            return nil
        }
    }

    /// Returns the envelope of a manifest that the tag has.
    private func envelope(of manifest: [UInt8]) async throws(DestinationProblem) -> [UInt8] {
        let descriptor: Descriptor
        do { descriptor = try Manifest(manifest).envelope } catch {
            throw .failed(
                SourceProblem(
                    .content(error.reason),
                    "\(address) is the tag of something else, which is not overwritten; choose another tag (\(error.message))"
                )
            )
        }
        if let data = descriptor.data { return data }
        return try await wrap { () async throws(SourceProblem) in
            let response = try await client.blob(descriptor.digest)
            let bytes = try await client.body(response, limit: PublicationLimits.envelope)
            do throws(Refusal) { try descriptor.check(bytes, "the envelope") } catch { throw SourceProblem(error) }
            return bytes
        }
    }

    /// Returns the serial of a manifest that the tag has.
    private func serial(of manifest: [UInt8]) async throws(DestinationProblem) -> Serial {
        let envelope = try await envelope(of: manifest)
        do { return try Statement(payload: Envelope(envelope).payload).serial } catch {
            throw .failed(SourceProblem(error))
        }
    }

    private func wrap<Value: Sendable>(
        _ body: () async throws(SourceProblem) -> Value
    ) async throws(DestinationProblem) -> Value {
        do { return try await body() } catch { throw .failed(error) }
    }
}
