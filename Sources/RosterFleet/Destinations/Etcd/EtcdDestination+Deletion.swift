import RosterBytes
import RosterPublication

extension EtcdDestination {
    /// The maximum numbers of keys besides those of blobs in one range, and of chunks of blobs.
    private static let (otherKeys, chunkKeys) = (200, 20_000)
    /// The maximum number of deletions of one transaction; etcd allows 128 by default.
    private static let batch = 100

    /// Deletes blobs, and returns the reason why that is not possible; nil for none.
    func deletionProblem(keeping kept: Int, including recent: [[UInt8]]) async -> SourceProblem? {
        do throws(DestinationProblem) {
            try await deleteUnusedBlobs(keeping: kept, including: recent)
            return nil
        } catch {
            guard case .failed(let problem) = error else { return nil }
            return problem
        }
    }

    /// Deletes the blobs that no manifest of any channel uses, except a number of the newest.
    ///
    /// A transaction deletes only while no manifest changed since they were read. And a manifest is written only while its
    /// blob is there. So the blob of a manifest is never deleted, also while two publishers race.
    ///
    /// The blobs of `recent` manifests count as the newest, although they may have been written long ago.
    func deleteUnusedBlobs(keeping kept: Int, including recent: [[UInt8]]) async throws(DestinationProblem) {
        for _ in 1...3 {
            let listing = try await list()
            let unused = try unusedBlobs(listing, recent, keeping: kept)
            if unused.isEmpty { return }
            if try await delete(unused, at: listing.revision) { return }
        }
        throw .failed(SourceProblem(.refused, "other publishers write manifests at the same time"))
    }

    /// Reads the manifests of all channels and the names of all chunks, at one revision.
    private func list() async throws(DestinationProblem) -> EtcdTransactionAnswer {
        let manifests = keys.others.map { EtcdOperation.read(EtcdRead(keys: $0, limit: Self.otherKeys)) }
        let chunks = EtcdOperation.read(EtcdRead(keys: keys.blobs, isKeysOnly: true, limit: Self.chunkKeys))
        return try await patiently { (endpoint) throws(EtcdFailure) in
            try await client.transaction(
                if: [],
                then: manifests + [chunks],
                else: [],
                at: endpoint,
                limit: EtcdLimits.listing
            )
        }
    }

    /// Returns the blobs to delete, the oldest last; throws when a manifest that may use any of them is unreadable.
    private func unusedBlobs(
        _ listing: EtcdTransactionAnswer,
        _ recent: [[UInt8]],
        keeping kept: Int
    ) throws(DestinationProblem) -> [Digest] {
        guard let chunks = listing.reads.last else { throw .failed(EtcdMembers.malformed) }
        guard listing.reads.allSatisfy({ !$0.hasMore }) else {
            let blobs = "\(Self.chunkKeys) parts of registries"
            let limit = chunks.hasMore ? blobs : "\(Self.otherKeys) keys besides registries"
            throw Self.undeletable("its prefix has more than \(limit)", "use a prefix that nothing else uses")
        }
        var used: Set<Digest> = []
        for entry in listing.reads.dropLast().flatMap(\.entries) where keys.isManifest(entry.key) {
            do throws(Refusal) { used.formUnion(try Manifest(entry.value).layers.map(\.digest)) } catch {
                let key = String(decoding: entry.key, as: UTF8.self)
                throw Self.undeletable("\(key) has something else than a manifest", "delete that key: \(error.message)")
            }
        }
        // The revision of each unused blob's newest chunk.
        var revisions: [Digest: Int64] = [:]
        for chunk in chunks.entries {
            guard let digest = keys.digest(ofChunk: chunk.key), !used.contains(digest) else { continue }
            revisions[digest] = max(revisions[digest] ?? 0, chunk.revision)
        }
        for digest in recent.compactMap({ try? Manifest($0) }).flatMap({ $0.layers.map(\.digest) })
        where revisions[digest] != nil { revisions[digest] = .max }
        return revisions.sorted { $0.value > $1.value }.dropFirst(max(kept, 0)).map(\.key)
    }

    private static func undeletable(_ reason: String, _ help: String) -> DestinationProblem {
        .failed(SourceProblem(.refused, "\(reason), so that nothing shows which registries are in use; \(help)"))
    }

    /// Deletes blobs; returns false when a manifest changed after the revision.
    private func delete(_ blobs: [Digest], at revision: Int64) async throws(DestinationProblem) -> Bool {
        let conditions = keys.others.map {
            EtcdCondition(keys: $0, target: .modify, relation: .less, revision: revision + 1)
        }
        for start in stride(from: 0, to: blobs.count, by: Self.batch) {
            let deletions = blobs[start..<min(start + Self.batch, blobs.count)].map {
                EtcdOperation.delete(keys.blob($0))
            }
            let answer = try await patiently { (endpoint) throws(EtcdFailure) in
                try await client.transaction(
                    if: conditions,
                    then: deletions,
                    else: [],
                    at: endpoint,
                    limit: EtcdLimits.short
                )
            }
            guard answer.isSuccess else { return false }
        }
        return true
    }
}
