import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("The filter of repeats")
struct RepeatFilterTests {
    @Test("It returns the positions of repeated hashes, and no others", arguments: [1, 7, 1_000, 50_000])
    func repeats(count: Int) {
        var random = SeededGenerator()
        let once = (0..<count).map { _ in Int.random(in: .min ... .max, using: &random) }
        let twice = Set((0..<count).map { _ in Int.random(in: .min ... .max, using: &random) })
        let hashes = (once + Array(twice) + Array(twice)).shuffled(using: &random)
        #expect(RepeatFilter.repeats(in: hashes) == hashes.indices.filter { twice.contains(hashes[$0]) })
    }

    @Test("Nothing repeats where there is nothing, and where there are no hashes")
    func none() {
        #expect(RepeatFilter.repeats(in: []).isEmpty)
        #expect(RepeatFilter.repeats(in: [0, 0, 3]).isEmpty)
    }
}
