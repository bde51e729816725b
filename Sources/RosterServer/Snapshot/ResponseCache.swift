import NIOCore
import RosterModel
import RosterPages
import Synchronization

/// A cache of the lists and compressed bodies of one snapshot, within a budget of bytes.
final class ResponseCache: Sendable {
    enum Key: Hashable, Sendable {
        /// By the parsed query: other spellings of a query are the same list.
        case list(ListQuery, view: Int, isGzip: Bool)
        case compressedRecord(Int)
        case extendedRecord(Int, IncludedMembers, isGzip: Bool)
        case projects(view: Int, isGzip: Bool)
        case project(Handle, view: Int)
        case models(view: Int, isGzip: Bool)
        indirect case listPage(ListPageQuery, PageFrame, view: Int, today: CalendarDate, isGzip: Bool)
    }

    private struct Contents {
        var responses: [Key: EncodedResponse] = [:]
        var byteCount = 0
    }

    private let contents = Mutex(Contents())
    private let budget: Int

    /// Creates a cache of at most `budget` bytes, keys and the cost of an entry included.
    init(budget: Int) { self.budget = budget }

    /// The bytes that count towards the budget.
    var byteCount: Int { contents.withLock { $0.byteCount } }

    /// The number of responses.
    var count: Int { contents.withLock { $0.responses.count } }

    /// Returns the cached response of a key; nil when it is not cached.
    func known(_ key: Key) -> EncodedResponse? { contents.withLock { $0.responses[key] } }

    /// Returns the response of a key, which is made when it is not cached.
    func response<Failure>(
        _ key: Key,
        make: () throws(Failure) -> EncodedResponse
    ) throws(Failure) -> EncodedResponse {
        if let found = known(key) { return found }
        // Made outside the lock: two may make the same, which is the same bytes.
        let made = try make()
        let size = made.bytes.capacity + Self.entryCost
        guard size <= budget else { return made }
        contents.withLock { contents in
            if contents.byteCount + size > budget { contents = Contents() }
            if contents.responses.updateValue(made, forKey: key) == nil { contents.byteCount += size }
        }
        return made
    }

    /// The bytes of an entry without its response: the table grows by doubling, and the texts of a query and the buffer of
    /// a response are allocated each on their own.
    private static let entryCost =
        2 * (MemoryLayout<Key>.stride + MemoryLayout<EncodedResponse>.stride + 4 * TextSearch.maximumLength) + 256
}
