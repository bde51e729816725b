import RosterModel
import RosterPublication

extension Follower {
    /// Evaluates the manifests that are open, and returns the newest publication among those that are accepted.
    func newestCandidate() async -> Candidate? {
        while true {
            var candidates: [Candidate] = []
            // At the same time: a source that is slow does not keep the others waiting longer than it is waited for.
            await withTaskGroup(of: Candidate?.self) { group in
                for position in followed.indices where followed[position].isOpen {
                    group.addTask { await self.evaluate(position) }
                }
                for await case let candidate? in group { candidates.append(candidate) }
            }
            candidates.sort { $0.position < $1.position }
            guard let serial = candidates.map(\.statement.serial).max() else { return nil }
            let newest = candidates.filter { $0.statement.serial == serial }
            guard Set(newest.map(\.accepted.ratchet.payloadDigest)).count > 1 else { return newest.first }
            let refusal = Self.equivocation(serial)
            equivocated.insert(serial)
            for candidate in newest where followed[candidate.position].manifest == candidate.manifest {
                refuse(refusal, at: candidate.position, serial: serial)
            }
        }
    }

    /// Evaluates the manifest of a source; nil when it is refused, cannot be read, or is served already.
    private func evaluate(_ position: Int) async -> Candidate? {
        guard let manifest = followed[position].manifest else { return nil }
        do {
            let parsed = try Manifest(manifest)
            let bytes = try await envelope(of: parsed, from: position)
            // Another manifest may have arrived during the read, which causes another load.
            guard followed[position].manifest == manifest else { return nil }
            followed[position].envelope = bytes
            let accepted = try Acceptance.evaluate(try Envelope(bytes), conditions)
            try check(accepted.statement)
            if accepted.isNew, equivocated.contains(accepted.statement.serial) {
                throw Self.equivocation(accepted.statement.serial)
            }
            // Also when its registry is served already, and is not read: someone changed one of two files.
            if parsed.otherRegistry != nil {
                throw Refusal(.digestMismatch, "the registry is not the one that is signed; replace both files")
            }
            guard accepted.isNew || served?.serial != accepted.statement.serial else {
                followed[position].verdict = .accepted
                return nil
            }
            return Candidate(position: position, manifest: manifest, envelope: bytes, accepted: accepted)
        } catch {
            guard followed[position].manifest == manifest else { return nil }
            fail(error, at: position)
            return nil
        }
    }

    /// Returns the envelope of a manifest, which is read from the source when the manifest does not include it.
    private func envelope(of manifest: Manifest, from position: Int) async throws -> [UInt8] {
        if let envelope = followed[position].envelope ?? manifest.envelope.data { return envelope }
        let blob = CandidateBlob(size: manifest.envelope.size)
        try await within(Self.envelopeTime, of: sources[position].address) { [source = sources[position]] in
            try await source.read(manifest.envelope.digest, into: blob)
        }
        return try blob.bytes(of: manifest.envelope.digest)
    }

    private static func equivocation(_ serial: Serial) -> Refusal {
        Refusal(.equivocation, "two sources have publications with the serial \(serial)")
    }

    /// Checks the conditions that the operator of the server sets.
    func check(_ statement: Statement) throws(Refusal) {
        if let notBefore = options.notBefore, statement.issued < notBefore {
            let message = "the publication was issued at \(statement.issued), before \(notBefore)"
            throw Refusal(.rolledBack, message + ", the time of --not-before")
        }
        guard statement.registry.size <= options.registryLimit else {
            let (size, limit) = (statement.registry.size, options.registryLimit)
            throw Refusal(.tooLarge, "the registry has \(size) bytes, and at most \(limit) are allowed")
        }
        guard statement.compressed.size <= PublicationLimits.compressed else {
            let (size, limit) = (statement.compressed.size, PublicationLimits.compressed)
            throw Refusal(.tooLarge, "the compressed registry has \(size) bytes, and at most \(limit) are allowed")
        }
    }
}
