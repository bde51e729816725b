import RosterHTTPClient
import Testing

@Suite("The body of a response")
struct HTTPBodyTests {
    /// A body of given parts.
    private final class Parts: HTTPBody {
        private let parts: AsyncStream<[UInt8]>.Iterator

        init(_ parts: [[UInt8]]) {
            self.parts = AsyncStream { continuation in
                for part in parts { continuation.yield(part) }
                continuation.finish()
            }.makeAsyncIterator()
        }

        func next() async throws(HTTPFailure) -> [UInt8]? {
            var parts = parts
            return await parts.next(isolation: nil)
        }

        func cancel() {}
    }

    @Test func refusesMoreBytesThanItsLimit() async throws {
        #expect(try await Parts([[1], [2, 3]]).whole(limit: 3) == [1, 2, 3])
        await #expect(throws: HTTPFailure.tooLarge) { try await Parts([[1], [2, 3]]).whole(limit: 2) }
    }
}
