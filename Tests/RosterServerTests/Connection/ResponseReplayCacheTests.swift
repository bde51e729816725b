import NIOCore
import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("The cache of responses that are replayed")
struct ResponseReplayCacheTests {
    private let now = ResponseReplayCache.CacheKey(generation: 1, day: 20_000)

    private static func head(_ number: Int) -> ByteBuffer {
        ByteBuffer(string: "GET /api/v1/ai-providers?offset=\(number) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    /// Notes a request `times` times, each time with a response of `size` bytes.
    private func note(
        _ bytes: ByteBuffer,
        times: Int = 1,
        size: Int = 10,
        in key: ResponseReplayCache.CacheKey? = nil,
        _ replayCache: inout ResponseReplayCache
    ) {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/api/v1/ai-providers")
        let request = Request(head, time: Timestamp(secondsSince1970: 0)) { RequestID(number: 1) }
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: size)
        let encoded = EncodedResponse(body, type: "application/json", fields: ResponseFields([:]), tag: nil)
        let log = RequestLog(.text, to: LogSink(descriptor: -1))
        let line = log.line(of: RequestLog.Entry(method: "GET", path: "/", status: 200, bytes: size, tokenID: nil))
        for _ in 0..<times {
            let hash = ResponseReplayCache.hash(of: bytes)
            guard replayCache.noteRequest(hash: hash, key ?? now) else { continue }
            let entry = ResponseReplayCache.Entry(bytes, request, Response(200, encoded), line)
            replayCache.insert(entry, hash: hash, key ?? now)
        }
    }

    private func entry(
        _ number: Int,
        _ replayCache: ResponseReplayCache,
        in key: ResponseReplayCache.CacheKey? = nil
    ) -> ResponseReplayCache.Entry? {
        let bytes = Self.head(number)
        return replayCache.entry(for: bytes, hash: ResponseReplayCache.hash(of: bytes), key ?? now)
    }

    /// Returns the number of requests in the cache among the first `count`.
    private func cached(_ count: Int, _ replayCache: ResponseReplayCache) -> Int {
        (0..<count).count { entry($0, replayCache) != nil }
    }

    @Test func cachesARequestThatIsReceivedTwice() {
        var replayCache = ResponseReplayCache()
        #expect(entry(0, replayCache) == nil)
        note(Self.head(0), &replayCache)
        #expect(entry(0, replayCache) == nil)
        note(Self.head(0), &replayCache)
        #expect(entry(0, replayCache)?.response.encoded.bodyLength == 10)
        #expect(entry(1, replayCache) == nil)
    }

    @Test("No entry outlives its snapshot, its day or a minute")
    func expiry() {
        var replayCache = ResponseReplayCache()
        note(Self.head(0), times: 2, &replayCache)
        for other in [
            ResponseReplayCache.CacheKey(generation: 2, day: 20_000),
            ResponseReplayCache.CacheKey(generation: 1, day: 20_001),
        ] {
            #expect(entry(0, replayCache, in: other) == nil)
        }
        let start = NIODeadline.now()
        replayCache.sweep(at: start, now)
        note(Self.head(0), times: 2, &replayCache)
        replayCache.sweep(at: start + .seconds(59), now)
        #expect(cached(1, replayCache) == 1)
        replayCache.sweep(at: start + .seconds(61), now)
        #expect(cached(1, replayCache) == 0)
        // A response of an older snapshot, noted late, is not found under the current key.
        note(Self.head(0), times: 2, in: ResponseReplayCache.CacheKey(generation: 0, day: 20_000), &replayCache)
        #expect(cached(1, replayCache) == 0)
    }

    @Test("The cache is bounded in number and in bytes")
    func bounds() {
        var replayCache = ResponseReplayCache()
        for number in 0..<2_000 { note(Self.head(number), times: 2, &replayCache) }
        #expect((1...256).contains(cached(2_000, replayCache)))
        let large = 60 * 1024
        for number in 0..<2_000 {
            note(Self.head(number), times: 2, size: large, &replayCache)
            #expect(cached(number + 1, replayCache) * large <= 2 * 1024 * 1024 + large, "\(number)")
        }
        replayCache = ResponseReplayCache()
        note(Self.head(0), times: 5, size: 65 * 1024, &replayCache)
        #expect(cached(1, replayCache) == 0)
    }
}
