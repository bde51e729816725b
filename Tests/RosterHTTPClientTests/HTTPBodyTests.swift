import RosterHTTPClient
import Testing

@Suite("The body of a response")
struct HTTPBodyTests {
    /// A body of given parts.
    private actor Parts: HTTPBody {
        private var parts: [[UInt8]]

        init(_ parts: [[UInt8]]) { self.parts = parts }

        func next() async throws(HTTPFailure) -> [UInt8]? { parts.isEmpty ? nil : parts.removeFirst() }

        nonisolated func cancel() {}
    }

    @Test func refusesMoreBytesThanItsLimit() async throws {
        #expect(try await Parts([[1], [2, 3]]).whole(limit: 3) == [1, 2, 3])
        await #expect(throws: HTTPFailure.tooLarge) { try await Parts([[1], [2, 3]]).whole(limit: 2) }
    }
}
