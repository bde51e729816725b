import RosterBytes
import RosterPublication
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterFleet

@Suite("Polling")
struct PollingTests {
    /// A source with given results, which records how it is asked.
    private final class Script: PolledSource {
        let address = "script"
        let interval: Duration
        private let results: Mutex<[Result<SourceCheck, SourceProblem>]>
        let asked = Mutex<[Bool]>([])

        init(_ results: [Result<SourceCheck, SourceProblem>], interval: Duration = .seconds(15)) {
            self.results = Mutex(results.reversed())
            self.interval = interval
        }

        func check(unconditionally: Bool) async throws(SourceProblem) -> SourceCheck {
            asked.withLock { $0.append(unconditionally) }
            return try (results.withLock { $0.popLast() } ?? .success(.same)).get()
        }

        func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {}
    }

    /// A clock that records the times to wait, and ends after a number of them.
    private final class Clock: Sendable {
        let waits = Mutex<[Duration]>([])
        private let most: Int
        private let random: @Sendable () -> Double

        init(_ most: Int, random: @escaping @Sendable () -> Double = { 0.5 }) {
            (self.most, self.random) = (most, random)
        }

        var schedule: Schedule {
            Schedule(
                sleep: { [self] wait in
                    waits.withLock { waits in
                        guard waits.count < most else { return false }
                        waits.append(wait)
                        return true
                    }
                },
                random: random
            )
        }
    }

    private func labels(_ source: Script, _ clock: Clock) async -> [String] {
        var labels: [String] = []
        for await event in source.events(clock.schedule) {
            switch event {
            case .manifest(let bytes): labels.append("\(bytes)")
            case .same: labels.append("same")
            case .failed(let problem): labels.append(problem.reason.label)
            }
        }
        return labels
    }

    private static let down = SourceProblem(.unreachable, "down")

    @Test func readsImmediatelyAndThenAfterTheInterval() async {
        let (source, clock) = (Script([.success(.manifest([1])), .success(.manifest([2]))]), Clock(3))
        #expect(await labels(source, clock) == ["[1]", "[2]", "same", "same"])
        #expect(clock.waits.withLock { $0 } == [.seconds(15), .seconds(15), .seconds(15)])
        #expect(source.asked.withLock { $0 } == [true, false, false, false])
    }

    @Test func reportsTheSameBytesAsSame() async {
        let source = Script([.success(.manifest([1])), .success(.manifest([1])), .success(.manifest([2]))])
        #expect(await labels(source, Clock(2)) == ["[1]", "same", "[2]"])
    }

    @Test func backsOffAfterFailures() async {
        let source = Script(Array(repeating: .failure(Self.down), count: 9) + [.success(.manifest([1]))])
        let clock = Clock(10)
        #expect(await labels(source, clock) == Array(repeating: "unreachable", count: 9) + ["[1]", "same"])
        let seconds = [1, 2, 4, 8, 16, 30, 30, 30, 30, 15]
        #expect(clock.waits.withLock { $0 } == seconds.map { .seconds($0) })
        // Nothing is remembered until a read succeeds.
        #expect(source.asked.withLock { $0 } == Array(repeating: true, count: 10) + [false])
    }

    @Test func waitsAsLongAsASourceRequests() async {
        let limited = { SourceProblem(.refused, "slow down", retryAfter: $0) }
        let source = Script([
            .failure(limited(.seconds(20))), .failure(limited(.seconds(86_400))), .failure(limited(.zero)),
        ])
        let clock = Clock(3)
        _ = await labels(source, clock)
        #expect(clock.waits.withLock { $0 } == [.seconds(20), .seconds(300), .seconds(4)])
    }

    @Test func readsUnconditionallyAboutEveryFiveMinutes() async {
        let (source, clock) = (Script([.success(.manifest([1]))], interval: .seconds(100)), Clock(7))
        _ = await labels(source, clock)
        #expect(source.asked.withLock { $0 } == [true, false, false, true, false, false, true, false])
    }

    @Test func keepsToTheirLimits() async {
        let seed = TestSeed.of()
        let generator = Mutex(SeededGenerator(seed: seed))
        let random: @Sendable () -> Double = { generator.withLock { Double.random(in: 0..<1, using: &$0) } }
        let results: [Result<SourceCheck, SourceProblem>] = (0..<2_000).map { _ in
            random() < 0.3 ? .failure(Self.down) : .success(.same)
        }
        let (source, clock) = (Script(results, interval: .seconds(10)), Clock(2_000, random: random))
        _ = await labels(source, clock)
        for (result, wait) in zip(results, clock.waits.withLock { $0 }) {
            switch result {
            case .success: #expect(wait >= .seconds(8) && wait < .seconds(12), "seed \(seed)")
            case .failure: #expect(wait >= .zero && wait < .seconds(60), "seed \(seed)")
            }
        }
        let short = Clock(100, random: random)
        _ = await labels(Script([], interval: .milliseconds(10)), short)
        #expect(short.waits.withLock { $0 }.allSatisfy { $0 == .seconds(1) })
    }

    @Test func endsWithTheTask() async {
        let source = Script([.success(.manifest([1]))])
        let task = Task {
            var events = source.events(.system).makeAsyncIterator()
            _ = await events.next()
            withUnsafeCurrentTask { $0?.cancel() }
            return await events.next() == nil
        }
        #expect(await task.value)
    }
}
