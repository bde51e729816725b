import RosterServer
import RosterBackend
import RosterCompiler
package import RosterModel
package import RosterPublication

/// The registry of a publication that is published already.
package enum PublishedContent {
    /// Returns the compressed registry of a statement, from the manifest when that includes it.
    package static func compressed(
        of statement: Statement,
        in manifest: Manifest,
        from source: any PublicationSource
    ) async throws(SourceProblem) -> [UInt8] {
        let layer: Descriptor
        do throws(Refusal) { layer = try manifest.registry(of: statement) } catch { throw SourceProblem(error) }
        // Its digest was checked with the manifest.
        if let included = layer.data { return included }
        return try await compressed(of: statement, from: source)
    }

    /// Reads the compressed registry of a statement, and checks its digest.
    package static func compressed(
        of statement: Statement,
        from source: any PublicationSource
    ) async throws(SourceProblem) -> [UInt8] {
        guard statement.compressed.size <= PublicationLimits.compressed else {
            throw SourceProblem(.content(.tooLarge), "the compressed registry has \(statement.compressed.size) bytes")
        }
        let blob = CandidateBlob(size: statement.compressed.size)
        try await source.read(statement.compressed.digest, into: blob)
        return try blob.bytes(of: statement.compressed.digest)
    }

    /// Reads the registry of a statement from its compressed form, and checks it with all rules.
    package static func registry(
        _ compressed: [UInt8],
        of statement: Statement,
        concurrency: Int
    ) async throws(Refusal) -> Registry {
        guard statement.registry.size <= PublicationLimits.registry else {
            throw Refusal(.tooLarge, "the registry has \(statement.registry.size) bytes")
        }
        let bytes = try RegistryContent.unpack(compressed, statement)
        return try await RegistryContent.decode(bytes, statement, concurrency: concurrency).registry
    }

    /// Reads the manifest of a channel once.
    package static func manifest(of source: any PublicationSource) async throws(SourceProblem) -> [UInt8] {
        for await event in source.events(.system) {
            switch event {
            case .manifest(let manifest): return manifest
            case .failed(let problem): throw problem
            case .same: break
            }
        }
        throw SourceProblem(.unreachable, "\(source.address) cannot be read")
    }

    /// Reads the envelope of a manifest.
    package static func envelope(
        of manifest: Manifest,
        from source: any PublicationSource
    ) async throws(SourceProblem) -> [UInt8] {
        if let envelope = manifest.envelope.data { return envelope }
        let blob = CandidateBlob(size: manifest.envelope.size)
        try await source.read(manifest.envelope.digest, into: blob)
        return try blob.bytes(of: manifest.envelope.digest)
    }
}
