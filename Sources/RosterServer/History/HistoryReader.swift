import RosterGit
package import RosterModel
package import RosterReview

/// Reads histories aside from requests: a few at a time, with a bounded queue, each once for a commit.
///
/// A history takes processes of git and tens of milliseconds, so a request waits for it only for a moment.
package actor HistoryReader {
    /// The limits of a reader.
    package struct Limits: Sendable {
        /// The largest number of histories that are read at a time.
        package var concurrency = 2
        /// The largest number of histories that wait to be read.
        package var queueLength = 64
        /// The time that a history may take.
        package var time = Duration.seconds(20)
        /// The time after which a history that could not be read is read again.
        package var retryTime = Duration.seconds(30)
        /// The number of bytes of histories that are retained.
        package var byteCount = 4 << 20

        /// Creates the usual limits.
        package init() {}
    }

    /// The outcome of a request for a history.
    package enum Outcome: Sendable {
        case read(CommittedHistory)
        case failed(HistoryFailure)
        /// The history is being read, or cannot be read now.
        case unfinished
    }

    private struct Job: Sendable {
        var provider: ProviderID
        var path: String
        var commit: String
    }

    private struct Known {
        var result: Result<CommittedHistory, HistoryFailure>
        var readAt: ContinuousClock.Instant
        /// A number that grows with each use.
        var lastUse: Int
    }

    private struct Waiter {
        var continuation: CheckedContinuation<Outcome, Never>
        var timer: Task<Void, Never>
    }

    private let source: HistorySource
    private let limits: Limits
    /// The commit of everything that is known or queued.
    private var commit: String?
    private var known: [ProviderID: Known] = [:]
    private var knownByteCount = 0
    private var uses = 0
    private var queue: [Job] = []
    private var runningCount = 0
    private var waiters: [ProviderID: [Int: Waiter]] = [:]
    /// The providers whose histories are being read or are queued.
    private var unfinished: Set<ProviderID> = []
    /// The open repository, while histories are read.
    private var session: Task<HistorySource.Read, any Error>?
    private var sessionUses = 0

    /// Creates a reader of a source.
    package init(_ source: HistorySource, limits: Limits = Limits()) {
        (self.source, self.limits) = (source, limits)
    }

    /// Reads the history of a provider at a commit, for which a caller waits at most for some time.
    ///
    /// - Parameters:
    ///   - provider: the id.
    ///   - path: the path of the provider's file in the registry.
    ///   - commit: the commit that is served; histories of earlier ones are dropped.
    ///   - patience: the longest time to wait.
    /// - Returns: the history, or the reason why there is none.
    package func history(
        of provider: ProviderID,
        at path: String,
        commit: String,
        waiting patience: Duration
    ) async -> Outcome {
        if commit != self.commit { begin(commit) }
        if let result = recall(provider) {
            switch result {
            case .success(let history): return .read(history)
            case .failure(let failure): return .failed(failure)
            }
        }
        if !unfinished.contains(provider) {
            if queue.count >= limits.queueLength { dropOldestJob() }
            unfinished.insert(provider)
            queue.append(Job(provider: provider, path: path, commit: commit))
            startJobs()
        }
        uses += 1
        let number = uses
        return await withCheckedContinuation { continuation in
            let timer = Task {
                try? await Task.sleep(for: patience)
                if !Task.isCancelled { self.endWaiting(for: provider, number) }
            }
            waiters[provider, default: [:]][number] = Waiter(continuation: continuation, timer: timer)
        }
    }

    private func endWaiting(for provider: ProviderID, _ number: Int) {
        waiters[provider]?.removeValue(forKey: number)?.continuation.resume(returning: .unfinished)
    }

    private func answer(_ provider: ProviderID, _ outcome: Outcome) {
        for waiter in waiters.removeValue(forKey: provider)?.values.map(\.self) ?? [] {
            waiter.timer.cancel()
            waiter.continuation.resume(returning: outcome)
        }
    }

    // MARK: - Results

    /// Forgets everything of another commit.
    private func begin(_ commit: String) {
        self.commit = commit
        known = [:]
        knownByteCount = 0
        queue = []
        unfinished = []
        session = nil
        for provider in waiters.keys.map(\.self) { answer(provider, .unfinished) }
    }

    private func recall(_ provider: ProviderID) -> Result<CommittedHistory, HistoryFailure>? {
        guard var found = known[provider] else { return nil }
        if case .failure = found.result, found.readAt.duration(to: .now) > limits.retryTime {
            forget(provider)
            return nil
        }
        uses += 1
        found.lastUse = uses
        known[provider] = found
        return found.result
    }

    private func remember(_ provider: ProviderID, _ result: Result<CommittedHistory, HistoryFailure>) {
        forget(provider)
        uses += 1
        known[provider] = Known(result: result, readAt: .now, lastUse: uses)
        knownByteCount += Self.byteCount(of: result)
        while knownByteCount > limits.byteCount, known.count > 1,
            let oldest = known.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            forget(oldest.key)
        }
    }

    private func forget(_ provider: ProviderID) {
        guard let old = known.removeValue(forKey: provider) else { return }
        knownByteCount -= Self.byteCount(of: old.result)
    }

    private static func byteCount(of result: Result<CommittedHistory, HistoryFailure>) -> Int {
        256 + ((try? result.get())?.byteCount ?? 0)
    }

    // MARK: - Reading

    /// Drops the job that has waited longest; its reader can ask again.
    private func dropOldestJob() {
        guard !queue.isEmpty else { return }
        let job = queue.removeFirst()
        unfinished.remove(job.provider)
        answer(job.provider, .unfinished)
    }

    private func startJobs() {
        while runningCount < limits.concurrency, !queue.isEmpty {
            // The newest first: its reader is waiting, and those of the oldest may have left.
            let job = queue.removeLast()
            runningCount += 1
            Task {
                let result = await read(job)
                finish(job, result)
            }
        }
    }

    private func finish(_ job: Job, _ result: Result<CommittedHistory, HistoryFailure>) {
        runningCount -= 1
        if job.commit == commit {
            unfinished.remove(job.provider)
            remember(job.provider, result)
            switch result {
            case .success(let history): answer(job.provider, .read(history))
            case .failure(let failure): answer(job.provider, .failed(failure))
            }
        }
        startJobs()
        // Its processes end; reading again is rare, since results are retained.
        if runningCount == 0 { session = nil }
    }

    /// The number of histories after which the repository is opened again, since a session retains the trees that it read.
    private static let usesOfSession = 4

    private func openSession() -> Task<HistorySource.Read, any Error> {
        sessionUses += 1
        if let session, sessionUses <= Self.usesOfSession { return session }
        let opened = Task { [source] in try await source.open() }
        session = opened
        sessionUses = 1
        return opened
    }

    private func read(_ job: Job) async -> Result<CommittedHistory, HistoryFailure> {
        let opening = openSession()
        do {
            return .success(try await Self.read(job, opening, within: limits.time))
        } catch let failure as HistoryFailure {
            session = nil
            return .failure(failure)
        } catch is CommittedHistory.NotCommitted {
            return .failure(.notCommitted)
        } catch GitError.shallowHistory {
            return .failure(.shallowClone)
        } catch {
            session = nil
            return .failure(.other(source.describe(error)))
        }
    }

    private static func read(
        _ job: Job,
        _ opening: Task<HistorySource.Read, any Error>,
        within limit: Duration
    ) async throws -> CommittedHistory {
        try await withThrowingTaskGroup(of: CommittedHistory.self) { group in
            group.addTask {
                try await opening.value(job.provider, job.path, job.commit)
            }
            group.addTask {
                try await Task.sleep(for: limit)
                throw HistoryFailure.timeLimit
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw HistoryFailure.timeLimit }
            return first
        }
    }
}
