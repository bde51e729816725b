import RosterBytes
import RosterCompiler
import RosterEditing
import RosterPublication
import RosterServer

extension Follower {
    /// Reads and checks the registry of a candidate.
    ///
    /// Returns nil when it is refused, cannot be read, or is the registry that is served: then only serial and expiry change.
    func prepare(_ candidate: Candidate) async -> LoadedRegistry? {
        let (position, statement) = (candidate.position, candidate.statement)
        var publication = PreparedPublication(
            position: position,
            manifest: candidate.manifest,
            envelope: candidate.envelope,
            accepted: candidate.accepted
        )
        do {
            let layer = try Manifest(candidate.manifest).registry(of: statement)
            if let served, served.registry == statement.registry, served.compressed == statement.compressed {
                guard served.commit == statement.commit else { throw RegistryContent.otherCommit }
                accept(publication)
                return nil
            }
            let (bytes, blob) = try await read(statement, layer, from: position)
            let loaded = try await decode(bytes, statement)
            publication.blob = blob
            prepared = publication
            return loaded
        } catch {
            // Another manifest may have arrived during the read, and is evaluated next.
            if followed[position].manifest == candidate.manifest { fail(error, at: position) }
            return nil
        }
    }

    /// Reads the registry of a statement from the source that has its manifest, or else from a different source.
    private func read(
        _ statement: Statement,
        _ layer: Descriptor,
        from position: Int
    ) async throws -> (registry: [UInt8], blob: CandidateBlob?) {
        var first: (any Error)?
        for source in [position] + sources.indices.filter({ $0 != position }) {
            do { return try await read(statement, from: sources[source]) } catch { first = first ?? error }
        }
        throw first ?? SourceProblem(.notFound, "there is no source")
    }

    private func read(
        _ statement: Statement,
        from source: any PublicationSource
    ) async throws -> (registry: [UInt8], blob: CandidateBlob?) {
        guard !(source is any UnpackedPublicationSource) else {
            let blob = CandidateBlob(size: statement.registry.size)
            try await source.read(statement.registry.digest, into: blob)
            return (try blob.bytes(of: statement.registry.digest), nil)
        }
        let blob = state?.buffer(for: statement) ?? CandidateBlob(size: statement.compressed.size)
        try await source.read(statement.compressed.digest, into: blob)
        if let failure = blob.failure { reportUnwritable(failure) }
        let registry = try RegistryContent.unpack(try blob.bytes(of: statement.compressed.digest), statement)
        return (registry, state == nil ? nil : blob)
    }

    /// Checks a registry, and returns it as the server loads it.
    func decode(_ bytes: [UInt8], _ statement: Statement) async throws(Refusal) -> LoadedRegistry {
        let document = try await RegistryContent.decode(
            bytes,
            statement,
            after: decoded,
            concurrency: options.concurrency
        )
        decoded = document
        return document.loaded(compiler: compiler())
    }
}
