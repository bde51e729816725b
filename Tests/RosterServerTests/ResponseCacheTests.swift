import NIOCore
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The cache of responses")
struct ResponseCacheTests {
    private static let budget = 256 * 1024

    private static func response(_ size: Int) -> EncodedResponse {
        EncodedResponse(
            [UInt8](repeating: 1, count: size),
            type: "application/json",
            fields: ResponseFields([:]),
            tag: nil
        )
    }

    private static func query(_ text: String) throws -> ListQuery { try ListQuery(text[...]) }

    @Test func entriesCountEvenWhenTheirResponsesAreShort() throws {
        let cache = ResponseCache(budget: Self.budget)
        var most = 0
        for offset in 0..<20_000 {
            var query = ListQuery()
            query.offset = offset
            _ = cache.response(.list(query, view: 0, isGzip: false)) { Self.response(2) }
            #expect(cache.byteCount <= Self.budget)
            most = max(most, cache.count)
        }
        // A key and an entry of the table are some hundred bytes.
        #expect((100...Self.budget / 400).contains(most), "\(most)")
    }

    @Test("Any requests stay within the budget")
    func random() throws {
        var numbers = SeededGenerator()
        let cache = ResponseCache(budget: Self.budget)
        for _ in 0..<5_000 {
            let size = Int.random(in: 0...Int.random(in: 1...300_000, using: &numbers), using: &numbers)
            var query = ListQuery()
            query.offset = Int.random(in: 0...500, using: &numbers)
            query.limit = Int.random(in: 1...3, using: &numbers)
            let key = ResponseCache.Key.list(query, view: 0, isGzip: Bool.random(using: &numbers))
            _ = cache.response(key) { Self.response(size) }
            #expect(cache.byteCount <= Self.budget)
        }
    }

    @Test func spellingsOfAQueryShareAnEntry() async throws {
        let snapshot = try #require(try await ResponderFixture(providers: 5).responder.store.snapshot)
        let view = AccessView(openTo: snapshot.registry)
        for text in [
            "provider=openai&offset=1", "&&provider=openai&&&offset=1&", "offset=1&provider=openai",
            "offset=01&provider=%6fpenai",
        ] {
            _ = try ProviderList.response(text[...], for: view, isGzip: false, from: snapshot)
        }
        #expect(snapshot.cache.count == 1)
        // Every offset past the end is the same.
        for offset in 100..<200 {
            for text in ["offset=\(offset)", "offset=\(offset)&limit=2"] {
                _ = try ProviderList.response(text[...], for: view, isGzip: false, from: snapshot)
            }
        }
        #expect(snapshot.cache.count == 3)
    }

    @Test("A clamped offset has the answer that the offset has", arguments: 1...9)
    func clamping(limit: Int) throws {
        for total in 0...9 {
            for offset in 0...25 {
                var query = try Self.query("offset=\(offset)&limit=\(limit)")
                query.clampOffset(total: total)
                // What the list and its links are made of.
                let last = ListQuery.lastPage(of: total, limit)
                func parts(_ offset: Int) -> [Int] {
                    [
                        min(offset, total), max(0, min(offset, last + limit) - limit), offset > 0 ? 1 : 0,
                        offset + limit < total ? offset + limit : -1,
                    ]
                }
                #expect(parts(query.offset) == parts(offset), "\(offset) of \(total)")
            }
        }
    }
}
