import Synchronization

/// The task that follows the manifest of a channel: a watch, and a linearizable read every ten seconds.
struct EtcdWatcher: Sendable {
    /// The usual time between two linearizable reads, which is varied by a fifth.
    static let interval = Duration.seconds(10)
    /// The longest time between attempts when no endpoint answers.
    static let mostBackOff = Duration.seconds(5)

    /// The reason why a watch is opened again.
    private enum SessionEnd: Sendable {
        /// The watch ended, or its endpoint does not answer.
        case lost
        /// Another endpoint has newer data, or answers where that of the watch does not.
        case moved(to: Int)
        case unauthorized(SourceProblem)
    }

    private let client: EtcdClient
    private let key: EtcdRange
    private let schedule: Schedule
    private let mailbox: EventMailbox
    private let state: SharedState

    /// The state that the watch and the reads share.
    private final class SharedState: Sendable {
        let known = Mutex<EtcdKnowledge?>(nil)
        /// True when the watch lived until the next read or reported a change.
        let isProven = Mutex(false)
    }

    init(client: EtcdClient, key: EtcdRange, schedule: Schedule, mailbox: EventMailbox) {
        (self.client, self.key, self.schedule, self.mailbox) = (client, key, schedule, mailbox)
        state = SharedState()
    }

    /// Follows the key until the task is cancelled.
    func run() async {
        // A random endpoint, so that the servers of a fleet are divided among the nodes.
        var endpoint = Int(schedule.random() * Double(client.endpoints.count))
        var (failures, lost) = (0, 0)
        while !Task.isCancelled {
            do throws(SourceProblem) {
                let answer = try await read(from: endpoint)
                failures = 0
                learn(EtcdKnowledge(answer.value.found))
                state.isProven.withLock { $0 = false }
                let end = await session(at: answer.endpoint, from: answer.value.revision + 1)
                lost = state.isProven.withLock { $0 } ? 0 : lost + 1
                switch end {
                case .lost: endpoint = answer.endpoint + 1
                case .moved(let other): (endpoint, lost) = (other, 0)
                case .unauthorized(let problem):
                    report(problem)
                    (endpoint, lost) = (answer.endpoint + 1, max(lost, client.endpoints.count))
                }
                // Every endpoint was tried, so that the next watch would end immediately too.
                guard lost >= client.endpoints.count else { continue }
                guard await schedule.sleep(backOff(lost - client.endpoints.count + 1)) else { return }
            } catch {
                report(error)
                failures += 1
                endpoint += 1
                guard await schedule.sleep(backOff(failures)) else { return }
            }
        }
    }

    /// Watches at an endpoint, and reads at all of them, until one of both requires another watch.
    private func session(at endpoint: Int, from revision: Int64) async -> SessionEnd {
        await withTaskGroup(of: SessionEnd.self) { group in
            group.addTask { await watch(at: endpoint, from: revision) }
            group.addTask { await check(watchedAt: endpoint) }
            let end = await group.next() ?? .lost
            group.cancelAll()
            return end
        }
    }

    private func watch(at endpoint: Int, from revision: Int64) async -> SessionEnd {
        do throws(EtcdFailure) {
            var watch = try await client.watch(key, from: revision, at: endpoint)
            while let message = try await watch.next() {
                switch message {
                case .nothing: break
                case .changed(let change):
                    learn(EtcdKnowledge(change))
                    state.isProven.withLock { $0 = true }
                case .unauthorized:
                    let message = "the user has no right to watch the key, or its token expired"
                    return .unauthorized(SourceProblem(.unauthorized, message))
                case .compacted, .ended: return .lost
                }
            }
            return .lost
        } catch {
            guard error.remedy == .none, error.problem.reason == .unauthorized else { return .lost }
            return .unauthorized(error.problem)
        }
    }

    /// Reads the key again and again; returns when a read has newer data than the watch, or when its endpoint failed.
    private func check(watchedAt watched: Int) async -> SessionEnd {
        var (endpoint, failures) = (watched, 0)
        while true {
            let wait = failures == 0 ? Self.interval * (0.8 + 0.4 * schedule.random()) : backOff(failures)
            guard await schedule.sleep(wait) else { return .lost }
            endpoint += 1
            let before = state.known.withLock { $0 }
            do throws(SourceProblem) {
                let answer = try await read(from: endpoint)
                (failures, endpoint) = (0, answer.endpoint)
                state.isProven.withLock { $0 = true }
                let hasNews = learn(EtcdKnowledge(answer.value.found), insteadOf: before)
                if hasNews { return .moved(to: answer.endpoint == watched ? watched + 1 : answer.endpoint) }
                if answer.failed.contains(watched) { return .moved(to: answer.endpoint) }
            } catch {
                report(error)
                failures += 1
            }
        }
    }

    /// Reads the key as a majority has it.
    private func read(from endpoint: Int) async throws(SourceProblem) -> EtcdClient.Answer<EtcdRangeAnswer> {
        try await client.inTurn(from: endpoint) { (endpoint) throws(EtcdFailure) in
            try await client.range(EtcdRead(keys: key), at: endpoint, limit: EtcdLimits.manifest)
        }
    }

    /// Reports the content of the key, as a change or as a confirmation.
    private func learn(_ new: EtcdKnowledge) {
        state.known.withLock { known in
            // In the lock, so that the newest is also reported last.
            mailbox.add(known?.agrees(with: new) == true ? new.confirmation : new.event)
            known = new
        }
    }

    /// Reports what a read found; returns true when it differs from what was known at its start.
    ///
    /// A change that the watch reported during the read is newer than it.
    private func learn(_ new: EtcdKnowledge, insteadOf before: EtcdKnowledge?) -> Bool {
        state.known.withLock { known in
            let isNews: Bool
            if let current = known, let before {
                let isStale = !before.agrees(with: current) && new.revision <= current.revision
                isNews = !current.agrees(with: new) && !isStale
            } else {
                isNews = true
            }
            if isNews { known = new }
            mailbox.add(isNews ? new.event : (known ?? new).confirmation)
            return isNews
        }
    }

    /// Reports a failure, unless it is that of a cancelled request.
    private func report(_ problem: SourceProblem) {
        guard !Task.isCancelled else { return }
        mailbox.add(.failed(problem))
    }

    /// Returns a random time up to a limit that doubles with every failure.
    private func backOff(_ failures: Int) -> Duration {
        min(Self.mostBackOff, .seconds(1 << min(failures, 6))) * schedule.random()
    }
}
