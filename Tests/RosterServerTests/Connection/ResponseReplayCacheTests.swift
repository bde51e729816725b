import NIOCore
import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("Requests that come again")
struct ResponseReplayCacheTests {
    private let now = ResponseReplayCache.CacheKey(generation: 1, day: 20_000)

    private static func head(_ number: Int) -> ByteBuffer {
        ByteBuffer(string: "GET /api/v1/ai-providers?offset=\(number) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    /// Notes a request as often as that, each time with an answer of that size.
    private func note(
        _ bytes: ByteBuffer,
        times: Int = 1,
        size: Int = 10,
        in cacheKey: ResponseReplayCache.CacheKey? = nil,
        _ replayCache: inout ResponseReplayCache
    ) {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/api/v1/ai-providers")
        let request = Request(head, time: Timestamp(secondsSince1970: 0)) { RequestID(number: 1) }
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: size)
        let encoded = EncodedResponse(body, type: "application/json", fields: ResponseFields([:]), tag: nil)
        let log = RequestLog(.text, to: LogSink(descriptor: -1))
        let line = log.line(of: RequestLog.Entry(method: "GET", path: "/", status: 200, bytes: size, tokenID: nil))
        for _ in 0..<times {
            replayCache.note(bytes, in: cacheKey ?? now) {
                ResponseReplayCache.Entry(bytes, request, Response(200, encoded), line)
            }
        }
    }

    /// How many of so many requests are known.
    private func known(_ count: Int, _ replayCache: ResponseReplayCache) -> Int {
        (0..<count).count { replayCache.answered(Self.head($0), in: now) != nil }
    }

    @Test func theSecondTimeIsKeptAndTheFirstIsNot() {
        var replayCache = ResponseReplayCache()
        #expect(replayCache.answered(Self.head(0), in: now) == nil)
        note(Self.head(0), &replayCache)
        #expect(replayCache.answered(Self.head(0), in: now) == nil)
        note(Self.head(0), &replayCache)
        #expect(replayCache.answered(Self.head(0), in: now)?.response.encoded.bodyLength == 10)
        #expect(replayCache.answered(Self.head(1), in: now) == nil)
    }

    @Test("Nothing outlives a swap, a day or a minute")
    func cacheKey() {
        var replayCache = ResponseReplayCache()
        note(Self.head(0), times: 2, &replayCache)
        for other in [
            ResponseReplayCache.CacheKey(generation: 2, day: 20_000),
            ResponseReplayCache.CacheKey(generation: 1, day: 20_001),
        ] {
            #expect(replayCache.answered(Self.head(0), in: other) == nil)
        }
        let start = NIODeadline.now()
        replayCache.sweep(at: start, now)
        note(Self.head(0), times: 2, &replayCache)
        replayCache.sweep(at: start + .seconds(59), now)
        #expect(known(1, replayCache) == 1)
        replayCache.sweep(at: start + .seconds(61), now)
        #expect(known(1, replayCache) == 0)
        // An answer from before a swap, filed behind it, is found by nobody who asks for what is served now.
        note(Self.head(0), times: 2, in: ResponseReplayCache.CacheKey(generation: 0, day: 20_000), &replayCache)
        #expect(known(1, replayCache) == 0)
    }

    @Test("However much is asked for, what is kept is bounded in number and in bytes")
    func bounds() {
        var replayCache = ResponseReplayCache()
        for number in 0..<2_000 { note(Self.head(number), times: 2, &replayCache) }
        #expect((1...256).contains(known(2_000, replayCache)))
        let large = 60 * 1024
        for number in 0..<2_000 {
            note(Self.head(number), times: 2, size: large, &replayCache)
            #expect(known(number + 1, replayCache) * large <= 2 * 1024 * 1024 + large, "\(number)")
        }
        replayCache = ResponseReplayCache()
        note(Self.head(0), times: 5, size: 65 * 1024, &replayCache)
        #expect(known(1, replayCache) == 0)
    }

    @Test(
        "One head, whole and alone",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true), ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: a\r\n", false), ("", false), ("\r\n", false),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nx", false), ("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nHost: a\n\n", false), ("0\r\n\r\nPATCH / HTTP/1.1\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 1_024) + "\r\n\r\n", false),
        ]
    )
    func oneHead(_ text: String, isOne: Bool) {
        #expect(ResponseReplayCache.isOneHead(ByteBuffer(string: text)) == isOne)
    }
}
