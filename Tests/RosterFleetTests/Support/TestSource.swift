import RosterBytes
import RosterFleet
import Synchronization

/// A source in memory, whose blobs a test changes.
class TestSource: PublicationSource, @unchecked Sendable {
    private struct State {
        var blobs: [Digest: [UInt8]] = [:]
        var reads = 0
        var delay: (@Sendable () async -> Void)?
        var continuation: AsyncStream<SourceEvent>.Continuation?
    }

    let address: String
    private let state = Mutex(State())

    init(_ address: String = "dir:test") { self.address = address }

    /// The number of reads of blobs so far.
    var reads: Int { state.withLock { $0.reads } }

    /// Work that every read does first.
    var delay: (@Sendable () async -> Void)? {
        get { state.withLock { $0.delay } }
        set { state.withLock { $0.delay = newValue } }
    }

    func set(_ blob: [UInt8]?, for digest: Digest) { state.withLock { $0.blobs[digest] = blob } }

    func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: SourceEvent.self)
        state.withLock { $0.continuation = continuation }
        return stream
    }

    func send(_ event: SourceEvent) { state.withLock { $0.continuation }?.yield(event) }

    func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        state.withLock { $0.reads += 1 }
        await delay?()
        let blob = state.withLock { $0.blobs[digest] }
        guard let blob else { throw SourceProblem(.incomplete, "the blob is not there yet") }
        try sink.restart()
        // In two pieces, as a network would.
        let half = blob.count / 2
        try sink.write(Array(blob[..<half]))
        try sink.write(Array(blob[half...]))
    }
}

/// A source in memory that has registries as they are.
final class UnpackedTestSource: TestSource, UnpackedPublicationSource, @unchecked Sendable {}
