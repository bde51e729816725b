import SeededNumbers
import Testing

@testable import RosterCompiler

@Suite("The filter of repeats")
struct RepeatFilterTests {
    @Test("It names every value that stands twice, and few that do not", arguments: [1, 7, 1_000, 50_000])
    func repeats(count: Int) {
        var random = SeededGenerator(seed: 5)
        let once = (0..<count).map { _ in Int.random(in: .min ... .max, using: &random) }
        let twice = (0..<count).map { _ in Int.random(in: .min ... .max, using: &random) }
        let filter = RepeatFilter((once + twice + twice).shuffled(using: &random))
        #expect(twice.allSatisfy(filter.mayRepeat))
        #expect(once.count(where: filter.mayRepeat) <= count / 10)
    }

    @Test("No value repeats where there is none")
    func empty() { #expect(!RepeatFilter([]).mayRepeat(0)) }
}
