import RosterHTTPClient
import Synchronization
import Testing

@Suite("The body of a response")
struct HTTPBodyTests {
    /// A body of given parts.
    private final class Parts: HTTPBody {
        private let parts: Mutex<[[UInt8]]>

        init(_ parts: [[UInt8]]) { self.parts = Mutex(parts.reversed()) }

        func next() async throws(HTTPFailure) -> [UInt8]? { parts.withLock { $0.popLast() } }

        func cancel() {}
    }

    @Test func refusesMoreBytesThanItsLimit() async throws {
        #expect(try await Parts([[1], [2, 3]]).whole(limit: 3) == [1, 2, 3])
        await #expect(throws: HTTPFailure.tooLarge) { try await Parts([[1], [2, 3]]).whole(limit: 2) }
    }
}
