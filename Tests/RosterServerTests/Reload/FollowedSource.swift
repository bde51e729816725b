import RosterModel
import Synchronization

@testable import RosterServer

/// A source whose loads have the outcomes that a test chose, and which records what the server reports to it.
final class FollowedSource: RegistrySource {
    /// A call of the server.
    enum Call: Equatable, Sendable {
        case willServe(digestBefore: String?)
        case wasRefused(String)
    }

    let publication: PublicationMonitor?
    private let store: SnapshotStore
    private let outcomes = Mutex<[LoadOutcome]>([])
    private let recorded = Mutex<[Call]>([])
    private let triggers = AsyncStream.makeStream(of: Void.self)

    init(_ store: SnapshotStore) { (self.store, publication) = (store, store.publication) }

    var calls: [Call] { recorded.withLock { $0 } }

    /// Adds the outcome of a load.
    func add(_ outcome: LoadOutcome) { outcomes.withLock { $0.append(outcome) } }

    /// Wakes the server.
    func trigger() { triggers.continuation.yield() }

    func load(changed: Set<String>?) async throws -> LoadOutcome {
        outcomes.withLock { $0.isEmpty ? .same : $0.removeFirst() }
    }

    func watchedFolders() -> [WatchedFolder] { [] }

    func follow(_ wake: @escaping @Sendable () -> Void) async { for await _ in triggers.stream { wake() } }

    func willServe() async { recorded.withLock { $0.append(.willServe(digestBefore: store.snapshot?.digest)) } }

    func wasRefused(_ reason: String) async { recorded.withLock { $0.append(.wasRefused(reason)) } }
}
