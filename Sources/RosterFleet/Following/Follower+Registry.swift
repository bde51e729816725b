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
            // Throws when the manifest lacks the registry.
            let layer = try Manifest(candidate.manifest).registry(of: statement)
            if let served, served.registry == statement.registry, served.compressed == statement.compressed {
                guard served.commit == statement.commit else { throw RegistryContent.otherCommit }
                publication.accepted = try evaluateAgain(candidate)
                accept(publication)
                return nil
            }
            let (bytes, blob) = try await read(statement, layer.data, from: position)
            let loaded = try await decode(bytes, statement)
            (publication.accepted, publication.blob) = (try evaluateAgain(candidate), blob)
            prepared = publication
            return loaded
        } catch {
            // Another manifest may have arrived during the read, and is evaluated next.
            if followed[position].manifest == candidate.manifest { fail(error, at: position) }
            return nil
        }
    }

    /// Evaluates a candidate under the conditions that are valid now: a key may have been removed during the reads.
    private func evaluateAgain(_ candidate: Candidate) throws -> Acceptance.Accepted {
        let accepted = try Acceptance.evaluate(try Envelope(candidate.envelope), conditions)
        try check(accepted.statement)
        return accepted
    }

    /// Reads the registry of a statement from the source that has its manifest, and from the others when that fails or is slow.
    ///
    /// Nothing is read when the manifest includes the compressed registry.
    private func read(
        _ statement: Statement,
        _ included: [UInt8]?,
        from position: Int
    ) async throws -> (registry: [UInt8], blob: CandidateBlob?) {
        if let included {
            let blob = buffer(for: statement)
            try blob.write(included)
            return try unpack(blob, statement)
        }
        let order = [position] + sources.indices.filter { $0 != position }
        return try await firstSuccess(
            of: order.map { [sources] source in { try await self.read(statement, from: sources[source]) } }
        )
    }

    private func read(
        _ statement: Statement,
        from source: any PublicationSource
    ) async throws -> (registry: [UInt8], blob: CandidateBlob?) {
        guard !(source is any UnpackedPublicationSource) else {
            let blob = CandidateBlob(size: statement.registry.size, isCompressed: false)
            try await read(statement.registry.digest, from: source, into: blob)
            return (try blob.bytes(of: statement.registry.digest), state == nil ? nil : blob)
        }
        let blob = buffer(for: statement)
        try await read(statement.compressed.digest, from: source, into: blob)
        return try unpack(blob, statement)
    }

    /// Returns a buffer for the compressed registry of a statement.
    private func buffer(for statement: Statement) -> CandidateBlob {
        state?.buffer(for: statement) ?? CandidateBlob(size: statement.compressed.size)
    }

    /// Returns the registry that is in a buffer, and the buffer when it is to be saved.
    private func unpack(
        _ blob: CandidateBlob,
        _ statement: Statement
    ) throws -> (registry: [UInt8], blob: CandidateBlob?) {
        let registry = try RegistryContent.unpack(try blob.bytes(of: statement.compressed.digest), statement)
        return (registry, state == nil ? nil : blob)
    }

    private func read(_ digest: Digest, from source: any PublicationSource, into blob: CandidateBlob) async throws {
        try await within(Self.registryTime, of: source.address) { try await source.read(digest, into: blob) }
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
