import RosterBytes
import RosterPublication

/// Reads blobs, chunk by chunk.
struct EtcdBlobReader: Sendable {
    let client: EtcdClient
    let keys: EtcdKeys

    /// Reads a blob into a sink, from its start.
    func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        try sink.restart()
        var (offset, index) = (0, 0)
        while offset < sink.size {
            let size = min(EtcdKeys.chunkSize, sink.size - offset)
            let chunk = try await chunk(index, of: digest)
            guard chunk.count == size else {
                let message = "chunk \(index) of the blob has \(chunk.count) bytes instead of \(size)"
                throw SourceProblem(.content(.digestMismatch), message)
            }
            try sink.write(chunk)
            (offset, index) = (offset + size, index + 1)
        }
    }

    /// Returns a chunk as one endpoint has it, or when it is not there yet, as a majority has it.
    private func chunk(_ index: Int, of digest: Digest) async throws(SourceProblem) -> [UInt8] {
        var read = EtcdRead(keys: keys.chunk(index, of: digest))
        for isSerializable in [true, false] {
            read.isSerializable = isSerializable
            let answer = try await client.inTurn(from: nil) { [read] (endpoint) throws(EtcdFailure) in
                try await client.range(read, at: endpoint, limit: EtcdLimits.chunk, timing: EtcdLimits.download)
            }
            if let entry = answer.value.found.entries.first { return entry.value }
        }
        throw SourceProblem(.incomplete, "chunk \(index) of the blob \(digest.hex.prefix(12)) is not in etcd")
    }
}
