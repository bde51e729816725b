import RosterBytes
package import RosterHTTPClient
package import RosterPublication

/// A channel in etcd to which publications are written, by compare-and-swap.
package struct EtcdDestination: PublicationDestination {
    package let address: String
    let client: EtcdClient
    let keys: EtcdKeys
    let channel: Channel
    private let schedule: Schedule

    /// Creates the destination of a channel.
    ///
    /// The sender trusts the certificates of the endpoints, and has the client certificate, if there is one.
    package init(
        _ address: EtcdAddress,
        channel: Channel,
        sender: any HTTPSender,
        credentials: EtcdCredentials? = nil,
        schedule: Schedule = .system
    ) {
        self.address = address.description
        self.channel = channel
        self.schedule = schedule
        keys = EtcdKeys(address)
        client = EtcdClient(address, sender: sender, credentials: credentials)
    }

    package func current() async throws(DestinationProblem) -> PublishedManifest? {
        let answer = try await patiently { (endpoint) throws(EtcdFailure) in
            try await client.range(EtcdRead(keys: keys.manifest(channel)), at: endpoint, limit: EtcdLimits.manifest)
        }
        guard let entry = answer.found.entries.first else { return nil }
        let envelope = try await envelope(of: entry.value)
        return PublishedManifest(manifest: entry.value, envelope: envelope, revision: String(entry.revision))
    }

    /// Writes a publication: the chunks of its blob, then its manifest if the channel still has what was seen.
    ///
    /// Blobs that no channel uses are deleted afterwards, except the newest. A failure to delete them is returned: the
    /// publication is written, and the next one deletes them.
    @discardableResult
    package func publish(
        _ publication: SignedPublication,
        after seen: PublishedManifest?,
        keeping kept: Int
    ) async throws(DestinationProblem) -> SourceProblem? {
        let revision = try Self.revision(of: seen)
        // Another publisher deletes an unused blob only once, and only when it is not among the newest.
        for _ in 1...4 {
            try await writeBlob(publication)
            guard try await writeManifest(publication, after: revision) else { continue }
            return await deletionProblem(keeping: kept, including: seen.map { [$0.manifest] } ?? [])
        }
        throw .failed(SourceProblem(.incomplete, "etcd at \(address): other publishers delete the blob: publish again"))
    }

    /// Calls `body` with one endpoint after the other, again and again for some seconds in which a new leader is elected.
    func patiently<Value: Sendable>(
        _ body: (Int) async throws(EtcdFailure) -> Value
    ) async throws(DestinationProblem) -> Value {
        for attempt in 0..<6 {
            do throws(SourceProblem) { return try await client.inTurn(from: nil, body).value } catch {
                guard attempt < 5, error.isPassing else { throw .failed(error) }
                let pause = Duration.milliseconds(250 << attempt) * (0.5 + 0.5 * schedule.random())
                guard await schedule.sleep(min(pause, .seconds(2))) else { throw .failed(error) }
            }
        }
        throw .failed(EtcdMembers.malformed)
    }

    // MARK: - Reading

    /// Returns the envelope of a manifest, or the blob that has it.
    private func envelope(of manifest: [UInt8]) async throws(DestinationProblem) -> [UInt8] {
        let descriptor: Descriptor
        do throws(Refusal) { descriptor = try Manifest(manifest).envelope } catch { throw .failed(unreadable(error)) }
        if let data = descriptor.data { return data }
        let digest = descriptor.digest
        let answer = try await patiently { (endpoint) throws(EtcdFailure) in
            let read = EtcdRead(keys: keys.chunk(0, of: digest))
            return try await client.range(read, at: endpoint, limit: EtcdLimits.chunk, timing: EtcdLimits.download)
        }
        guard let entry = answer.found.entries.first else {
            throw .failed(SourceProblem(.incomplete, "etcd at \(address) has the manifest, and not its envelope"))
        }
        do throws(Refusal) { try descriptor.check(entry.value, "the envelope") } catch {
            throw .failed(unreadable(error))
        }
        return entry.value
    }

    private func unreadable(_ refusal: Refusal) -> SourceProblem {
        let message = "etcd at \(address) has something else for the channel \(channel): \(refusal.message)"
        return SourceProblem(.content(refusal.reason), message)
    }

    // MARK: - Writing

    /// Writes the chunks of the blob that are not there yet.
    private func writeBlob(_ publication: SignedPublication) async throws(DestinationProblem) {
        for chunk in chunks(of: publication) {
            let read = EtcdRead(keys: chunk.key)
            let answer = try await patiently { (endpoint) throws(EtcdFailure) in
                try await client.range(read, at: endpoint, limit: EtcdLimits.chunk, timing: EtcdLimits.download)
            }
            guard answer.found.entries.first?.value != chunk.bytes else { continue }
            try await patiently { (endpoint) throws(EtcdFailure) in
                try await client.put(chunk.bytes, at: chunk.key, endpoint: endpoint)
            }
        }
    }

    /// Writes the manifest if the channel still has what was seen; returns false when chunks of the blob are gone.
    ///
    /// A request without an answer may have been done, so it is repeated: then the condition fails, and the manifest is the
    /// one to write.
    private func writeManifest(
        _ publication: SignedPublication,
        after seen: Int64?
    ) async throws(DestinationProblem) -> Bool {
        let key = keys.manifest(channel)
        var conditions = [
            EtcdCondition(keys: key, target: seen == nil ? .create : .modify, relation: .equal, revision: seen ?? 0)
        ]
        for chunk in chunks(of: publication) {
            conditions.append(EtcdCondition(keys: chunk.key, target: .create, relation: .greater, revision: 0))
        }
        let success = [EtcdOperation.put(key, value: publication.manifest)]
        let failure = [EtcdOperation.read(EtcdRead(keys: key))]
        let answer = try await patiently { [conditions] (endpoint) throws(EtcdFailure) in
            try await client.transaction(
                if: conditions,
                then: success,
                else: failure,
                at: endpoint,
                limit: EtcdLimits.manifest
            )
        }
        guard !answer.isSuccess, let current = answer.reads.first else { return true }
        guard let entry = current.entries.first else {
            guard seen != nil else { return false }
            throw .failed(SourceProblem(.incomplete, "etcd at \(address): the manifest was deleted: publish again"))
        }
        if entry.value == publication.manifest { return true }
        if entry.revision == seen { return false }
        throw .overtaken(by: try await serial(of: entry.value))
    }

    private func serial(of manifest: [UInt8]) async throws(DestinationProblem) -> Serial {
        let envelope = try await envelope(of: manifest)
        do throws(Refusal) {
            return try Statement(payload: Envelope(envelope).payload).serial
        } catch { throw .failed(unreadable(error)) }
    }

    private func chunks(of publication: SignedPublication) -> [(key: EtcdRange, bytes: [UInt8])] {
        let bytes = publication.compressed
        let digest = publication.statement.compressed.digest
        return stride(from: 0, to: bytes.count, by: EtcdKeys.chunkSize).enumerated().map { index, start in
            let end = min(start + EtcdKeys.chunkSize, bytes.count)
            return (keys.chunk(index, of: digest), Array(bytes[start..<end]))
        }
    }

    private static func revision(of seen: PublishedManifest?) throws(DestinationProblem) -> Int64? {
        guard let seen else { return nil }
        guard let revision = seen.revision.flatMap({ Int64($0) }) else {
            throw .failed(SourceProblem(.refused, "the publication to replace was not read from etcd"))
        }
        return revision
    }
}

extension SourceProblem {
    /// A Boolean value that indicates whether the problem may pass within seconds, as when a leader is elected.
    package var isPassing: Bool { reason == .unreachable || reason == .timeout }
}
