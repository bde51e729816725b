import NIOCore

/// A cache of the responses to requests that an event loop received more than once, by the bytes of the request.
///
/// The response to a request for records depends on nothing but its bytes, the snapshot, the day, and the expiry of the
/// publication, so the same bytes need not be decoded and authorized again. A client that polls sends no others.
///
/// The bytes contain tokens: nothing is kept for longer than a minute, or shown.
struct ResponseReplayCache {
    /// A response and the parts of its request that are needed to replay it.
    ///
    /// The bytes are a copy, and the request is not retained: both are part of a buffer that is large, and used again.
    final class Entry {
        /// The name that the client gave to the request.
        let clientID: RequestID?
        let route: Route
        let response: Response
        let line: RequestLog.Line
        fileprivate let bytes: ByteBuffer

        init(_ bytes: ByteBuffer, _ request: Request, _ response: Response, _ line: RequestLog.Line) {
            self.bytes = ByteBuffer(bytes: bytes.readableBytesView)
            clientID = request.hasOwnID ? request.id : nil
            route = request.target.route
            self.response = response
            self.line = line
        }
    }

    /// Everything that a response depends on besides the request.
    struct CacheKey: Equatable {
        /// The generation of the snapshot.
        var generation: Int
        /// The number of the day, on which the expiry of tokens depends.
        var day: Int64
        /// A Boolean value that indicates whether requests are refused because the publication has expired.
        var isExpired = false
    }

    private struct Slot {
        /// The hash of the request that was received last.
        var hash = 0
        /// The entry; nil until the request is received a second time.
        var entry: Entry?
    }

    /// The number of bytes above which a request is decoded each time.
    static let longestRequest = 1024
    private static let slotCount = 256
    /// The number of bytes above which a response is made each time.
    private static let longestResponse = 64 * 1024
    /// The number of bytes of responses above which the cache is emptied: it may be the last to retain them.
    private static let budget = 2 * 1024 * 1024

    private var slots: [Slot] = []
    private var byteCount = 0
    private var key: CacheKey?
    /// The time at which the cache is emptied.
    private var expiry = NIODeadline.now()

    /// Returns the entry of a request, if it was answered under the same key.
    func entry(for bytes: ByteBuffer, hash: Int, _ key: CacheKey) -> Entry? {
        guard key == self.key else { return nil }
        let slot = slots[Self.position(of: hash)]
        // Bytes are compared only if their hashes are equal, so the time reveals nothing about another client's token.
        guard slot.hash == hash, let entry = slot.entry, entry.bytes == bytes else { return nil }
        return entry
    }

    /// Notes that a request was received.
    ///
    /// - Returns: A Boolean value that indicates whether it was the last request of its slot before, so that its response
    ///   is worth an entry.
    mutating func noteRequest(hash: Int, _ key: CacheKey) -> Bool {
        if key != self.key {
            removeAll()
            self.key = key
            slots = Array(repeating: Slot(), count: Self.slotCount)
        }
        let position = Self.position(of: hash)
        if slots[position].hash == hash { return true }
        slots[position] = Slot(hash: hash)
        return false
    }

    /// Adds an entry, unless the key has changed since its request was noted, or the response is long.
    mutating func insert(_ entry: Entry, hash: Int, _ key: CacheKey) {
        let size = entry.response.encoded.bytes.readableBytes
        guard key == self.key, size <= Self.longestResponse else { return }
        byteCount += size
        guard byteCount <= Self.budget else { return removeAll() }
        slots[Self.position(of: hash)].entry = entry
    }

    /// Empties the cache once a minute, and as soon as the key has changed.
    mutating func sweep(at now: NIODeadline, _ key: CacheKey) {
        guard now > expiry || key != self.key else { return }
        expiry = now + .minutes(1)
        removeAll()
    }

    private mutating func removeAll() {
        key = nil
        slots = []
        byteCount = 0
    }

    /// Returns the hash of a request, seeded per process, so that collisions cannot be constructed.
    static func hash(of bytes: ByteBuffer) -> Int {
        var hasher = Hasher()
        unsafe bytes.withUnsafeReadableBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private static func position(of hash: Int) -> Int { hash & (slotCount - 1) }
}
