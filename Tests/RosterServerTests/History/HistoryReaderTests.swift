import RosterGit
import RosterModel

import RosterReview
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterServer

@Suite("Reading histories aside from requests")
struct HistoryReaderTests {
    /// Counts the calls of a source, each of which takes until it is released.
    private final class Calls: Sendable {
        struct Counts {
            var running = 0
            var most = 0
            var total = 0
            var opened = 0
            var isHeld = true
            var failure: (any Error)?
            var size = 0
        }

        let counts = Mutex(Counts())

        init(isHeld: Bool) { counts.withLock { $0.isHeld = isHeld } }

        var source: HistorySource {
            HistorySource(
                open: { [self] in
                    counts.withLock { $0.opened += 1 }
                    return { [self] _, _, commit in try await read(commit) }
                },
                describe: { "\($0)" }
            )
        }

        private func read(_ commit: String) async throws -> CommittedHistory {
            counts.withLock { counts in
                counts.running += 1
                counts.total += 1
                counts.most = max(counts.most, counts.running)
            }
            defer { counts.withLock { $0.running -= 1 } }
            while counts.withLock({ $0.isHeld }) { try await Task.sleep(for: .milliseconds(1)) }
            if let failure = counts.withLock({ $0.failure }) { throw failure }
            let size = counts.withLock { $0.size }
            return CommittedHistory(
                entries: [],
                hasOlder: false,
                file: Array(commit.utf8) + Array(repeating: 0, count: size)
            )
        }
    }

    /// Limits whose times a loaded machine does not reach.
    private static var patient: HistoryReader.Limits {
        var limits = HistoryReader.Limits()
        limits.time = .seconds(600)
        return limits
    }

    private static func id(_ number: Int) throws -> ProviderID {
        try #require(ProviderID("aip_" + String(repeating: "0", count: 16 - "\(number)".count) + "\(number)"))
    }

    private func history(
        _ reader: HistoryReader,
        _ number: Int,
        commit: String = "a",
        waiting patience: Duration = .seconds(30)
    ) async throws -> HistoryReader.Outcome {
        await reader.history(of: try Self.id(number), at: "p", commit: commit, waiting: patience)
    }

    private func file(_ outcome: HistoryReader.Outcome) -> String? {
        if case .read(let history) = outcome { String(decoding: history.file, as: UTF8.self) } else { nil }
    }

    private func isUnfinished(_ outcome: HistoryReader.Outcome) -> Bool {
        if case .unfinished = outcome { true } else { false }
    }

    @Test func limitsConcurrencyOfThousandRequests() async throws {
        let calls = Calls(isHeld: true)
        let reader = HistoryReader(calls.source, limits: Self.patient)
        let unfinished = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<1_000 {
                group.addTask { isUnfinished(try await history(reader, number, waiting: .milliseconds(50))) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(unfinished == 1_000)
        calls.counts.withLock { $0.isHeld = false }
        // The queue is finished; the requests that found it full start nothing.
        while calls.counts.withLock({ $0.total }) < 66 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(file(try await history(reader, 5_000)) == "a")
        #expect(calls.counts.withLock { $0.most } == 2)
        #expect(calls.counts.withLock { $0.total } == 67)
    }

    @Test func readsTheNewestRequestFirst() async throws {
        let calls = Calls(isHeld: true)
        var limits = Self.patient
        (limits.concurrency, limits.queueLength) = (1, 2)
        let reader = HistoryReader(calls.source, limits: limits)
        // The first is being read, and two wait; the next one takes the place of the oldest of these.
        for number in 0..<3 { #expect(isUnfinished(try await history(reader, number, waiting: .milliseconds(5)))) }
        #expect(isUnfinished(try await history(reader, 3, waiting: .milliseconds(5))))
        calls.counts.withLock { $0.isHeld = false }
        #expect(file(try await history(reader, 3)) == "a")
        while calls.counts.withLock({ $0.total }) < 3 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(file(try await history(reader, 2)) == "a" && calls.counts.withLock { $0.total } == 3)
        #expect(file(try await history(reader, 1)) == "a" && calls.counts.withLock { $0.total } == 4)
    }

    @Test func readsOnceForCommit() async throws {
        let calls = Calls(isHeld: false)
        let reader = HistoryReader(calls.source, limits: Self.patient)
        try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<20 { group.addTask { file(try await history(reader, 1)) } }
            for try await found in group { #expect(found == "a") }
        }
        #expect(calls.counts.withLock { $0.total } == 1)
        #expect(file(try await history(reader, 1, commit: "b")) == "b")
        #expect(file(try await history(reader, 1, commit: "b")) == "b")
        #expect(calls.counts.withLock { $0.total } == 2)
    }

    @Test func dropsWhatIsReadForAnEarlierCommit() async throws {
        let calls = Calls(isHeld: true)
        let reader = HistoryReader(calls.source, limits: Self.patient)
        async let early = history(reader, 1, commit: "a")
        while calls.counts.withLock({ $0.running }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        async let late = history(reader, 1, commit: "b")
        #expect(isUnfinished(try await early))
        calls.counts.withLock { $0.isHeld = false }
        #expect(file(try await late) == "b")
    }

    @Test func retriesFailuresAfterSomeTime() async throws {
        let calls = Calls(isHeld: false)
        calls.counts.withLock { $0.failure = GitError.shallowHistory(path: "providers/secret/name.yaml") }
        var limits = Self.patient
        limits.retryTime = .seconds(60)
        let patient = HistoryReader(calls.source, limits: limits)
        limits.retryTime = .zero
        let impatient = HistoryReader(calls.source, limits: limits)
        for _ in 0..<2 {
            for reader in [patient, impatient] {
                guard case .failed(.shallowClone) = try await history(reader, 1) else {
                    Issue.record("no failure")
                    return
                }
            }
        }
        #expect(calls.counts.withLock { $0.total } == 3)
        calls.counts.withLock { $0.failure = nil }
        #expect(file(try await history(impatient, 1)) == "a")
    }

    @Test func endsHistoryThatTakesTooLong() async throws {
        let calls = Calls(isHeld: true)
        var limits = Self.patient
        limits.time = .milliseconds(5)
        let reader = HistoryReader(calls.source, limits: limits)
        guard case .failed(.timeLimit) = try await history(reader, 1) else {
            Issue.record("no time limit")
            return
        }
        #expect(calls.counts.withLock { $0.running } == 0)
    }

    @Test func forgetsLeastRecentlyUsedHistories() async throws {
        let calls = Calls(isHeld: false)
        calls.counts.withLock { $0.size = 1_000 }
        var limits = Self.patient
        limits.byteCount = 3_000
        let reader = HistoryReader(calls.source, limits: limits)
        for number in [1, 2, 1, 3] { _ = try await history(reader, number) }
        #expect(calls.counts.withLock { $0.total } == 3)
        _ = try await history(reader, 1)
        #expect(calls.counts.withLock { $0.total } == 3)
        _ = try await history(reader, 2)
        #expect(calls.counts.withLock { $0.total } == 4)
    }
}
