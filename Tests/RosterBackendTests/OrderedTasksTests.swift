import RosterBackend
import Testing

@Suite("Tasks in order")
struct OrderedTasksTests {
    private struct Refused: Error, Equatable { let part: Int }

    @Test("Results are in the order of their parts, in any order of completion", arguments: [1, 2, 8])
    func order(concurrency: Int) async {
        var received: [Int] = []
        let body: @Sendable (Int) async -> Int = { part in
            for _ in 0..<(part * 7 % 5) { await Task.yield() }
            return part * 2
        }
        await OrderedTasks.forEach(Array(0..<100), concurrency: concurrency, body) { received.append($0) }
        #expect(received == (0..<100).map { $0 * 2 })
    }

    @Test("The error of a part is thrown, and no later part is received")
    func failure() async {
        var received: [Int] = []
        let body: @Sendable (Int) async throws -> Int = { part in
            if part == 5 { throw Refused(part: part) }
            return part
        }
        await #expect(throws: Refused(part: 5)) {
            try await OrderedTasks.forEach(Array(0..<20), concurrency: 2, body) { received.append($0) }
        }
        #expect(received == Array(received.indices) && received.count <= 5)
    }
}
