import NIOCore

/// The requests that an event loop was asked more than once, by their bytes, and what was answered.
///
/// What is answered to a request that reads records depends on nothing but its bytes, the snapshot and the day: the same
/// bytes need neither be decoded nor judged a second time. A client that polls sends nothing else.
///
/// The bytes hold tokens, so nothing is kept here for longer than a minute, or shown.
struct ResponseReplayCache {
    /// A request and its answer.
    final class Entry {
        let request: Request
        let response: Response
        let line: RequestLog.Line
        fileprivate let bytes: ByteBuffer

        init(_ bytes: ByteBuffer, _ request: Request, _ response: Response, _ line: RequestLog.Line) {
            // A copy of its own: what came lies in a buffer that is large, and used again.
            self.bytes = ByteBuffer(bytes: bytes.readableBytesView)
            self.request = request
            self.response = response
            self.line = line
        }
    }

    /// All that an answer depends on but the request.
    struct CacheKey: Equatable {
        var generation: Int
        var day: Int64
    }

    private struct Slot {
        /// Of the bytes that came last.
        var hash = 0
        /// Nil when they came only once.
        var answered: Entry?
    }

    /// A request that is longer is decoded each time.
    static let mostBytes = 1024
    private static let slotCount = 256
    /// An answer that is larger is made each time.
    private static let mostAnswerBytes = 64 * 1024
    /// Past so many bytes of answers everything is forgotten: they may be the last to be held by anybody.
    private static let budget = 2 * 1024 * 1024

    private var slots: [Slot] = []
    private var heldBytes = 0
    private var cacheKey: CacheKey?
    /// When everything is forgotten.
    private var end = NIODeadline.now()

    /// Whether bytes are the head of one request, with nothing behind it, and short enough to be remembered.
    static func isOneHead(_ bytes: ByteBuffer) -> Bool {
        guard bytes.readableBytes <= mostBytes else { return false }
        var rest = bytes.readableBytesView
        // The first empty line ends the head.
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            rest = rest[(end + 1)...]
            if rest.starts(with: "\r\n".utf8) { return rest.count == 2 }
        }
        return false
    }

    /// The request of these bytes, when it was answered in the same cacheKey.
    func answered(_ bytes: ByteBuffer, in cacheKey: CacheKey) -> Entry? {
        guard cacheKey == self.cacheKey, bytes.readableBytes <= Self.mostBytes else { return nil }
        let hash = Self.hash(of: bytes)
        let slot = slots[Self.place(of: hash)]
        // Bytes are compared only behind their hash: the time that it takes tells nothing of somebody else's token.
        guard slot.hash == hash, let answered = slot.answered, answered.bytes == bytes else { return nil }
        return answered
    }

    /// Notes bytes and their answer, which is kept once they come a second time.
    mutating func note(_ bytes: ByteBuffer, in cacheKey: CacheKey, answered: () -> Entry) {
        if cacheKey != self.cacheKey {
            forget()
            self.cacheKey = cacheKey
            slots = Array(repeating: Slot(), count: Self.slotCount)
        }
        let hash = Self.hash(of: bytes)
        let place = Self.place(of: hash)
        guard slots[place].hash == hash else {
            slots[place] = Slot(hash: hash)
            return
        }
        let answered = answered()
        let size = answered.response.encoded.bytes.readableBytes
        guard size <= Self.mostAnswerBytes else { return }
        heldBytes += size
        guard heldBytes <= Self.budget else { return forget() }
        slots[place].answered = answered
    }

    /// Forgets everything once a minute, and what a change has made old at once.
    mutating func sweep(at now: NIODeadline, _ cacheKey: CacheKey) {
        guard now > end || cacheKey != self.cacheKey else { return }
        end = now + .minutes(1)
        forget()
    }

    private mutating func forget() {
        cacheKey = nil
        slots = []
        heldBytes = 0
    }

    /// Seeded anew by every process, so that nobody can choose bytes that meet another's.
    private static func hash(of bytes: ByteBuffer) -> Int {
        var hasher = Hasher()
        unsafe bytes.withUnsafeReadableBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private static func place(of hash: Int) -> Int { hash & (slotCount - 1) }
}
