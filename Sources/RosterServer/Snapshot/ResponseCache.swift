import NIOCore
import Synchronization

/// The lists and compressed bodies of one snapshot that somebody asked for, so that the next one gets them as they are.
final class ResponseCache: Sendable {
    enum Key: Hashable, Sendable {
        /// By the query as it was sent, which is not read a second time.
        case list(String, view: Int, isGzip: Bool)
        case compressedRecord(Int)
    }

    private struct Contents {
        var responses: [Key: EncodedResponse] = [:]
        var byteCount = 0
    }

    private let contents = Mutex(Contents())
    private let budget: Int

    /// Makes a cache of at most `budget` bytes.
    init(budget: Int) { self.budget = budget }

    /// The response of a key, which is made when it is not there.
    func response<Failure>(
        _ key: Key,
        make: () throws(Failure) -> EncodedResponse
    ) throws(Failure) -> EncodedResponse {
        if let found = contents.withLock({ $0.responses[key] }) { return found }
        // Made outside the lock: two may make the same, which is the same bytes.
        let made = try make()
        let size = made.bytes.readableBytes
        guard size <= budget else { return made }
        contents.withLock { contents in
            if contents.byteCount + size > budget { contents = Contents() }
            if contents.responses.updateValue(made, forKey: key) == nil { contents.byteCount += size }
        }
        return made
    }
}
