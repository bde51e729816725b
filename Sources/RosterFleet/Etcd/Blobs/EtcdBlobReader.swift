import RosterBytes
import RosterPublication

/// Reads blobs, chunk by chunk.
struct EtcdBlobReader: Sendable {
    let client: EtcdClient
    let keys: EtcdKeys

    /// Reads a blob into a sink, from its start.
    func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        try sink.restart()
        var (offset, index, endpoint) = (0, 0, 0)
        while offset < sink.size {
            let size = min(EtcdKeys.chunkSize, sink.size - offset)
            let answer = try await chunk(index, of: digest, from: endpoint)
            guard answer.value.count == size else {
                let message = "chunk \(index) of the blob has \(answer.value.count) bytes instead of \(size)"
                throw SourceProblem(.content(.digestMismatch), message)
            }
            try sink.write(answer.value)
            (offset, index, endpoint) = (offset + size, index + 1, answer.endpoint)
        }
    }

    /// Returns a chunk as the next endpoint has it, or when it is not there yet, as a majority has it.
    private func chunk(
        _ index: Int,
        of digest: Digest,
        from start: Int
    ) async throws(SourceProblem) -> EtcdClient.Answer<[UInt8]> {
        var read = EtcdRead(keys: keys.chunk(index, of: digest))
        for isSerializable in [true, false] {
            read.isSerializable = isSerializable
            let answer = try await client.inTurn(from: start) { [read] (endpoint) throws(EtcdFailure) in
                try await client.range(read, at: endpoint, limit: EtcdLimits.chunk, timing: EtcdLimits.bulk)
            }
            if let entry = answer.value.found.entries.first {
                return EtcdClient.Answer(value: entry.value, endpoint: answer.endpoint, failed: answer.failed)
            }
        }
        throw SourceProblem(.incomplete, "chunk \(index) of the blob \(digest.hex.prefix(12)) is not in etcd")
    }
}
