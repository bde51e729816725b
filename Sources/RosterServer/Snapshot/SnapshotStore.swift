import RosterDiagnostics
package import RosterModel
import Synchronization

/// The snapshot that is served now, and what became of the attempts to load another.
package final class SnapshotStore: Sendable {
    /// What came of the last attempt.
    struct Attempt: Sendable {
        var at: Timestamp
        /// Why it failed; nil when it did not.
        var failure: AttemptFailure?
        var commit: String?
    }

    /// Why no newer snapshot is served.
    enum AttemptFailure: Sendable {
        case diagnostics([Diagnostic])
        /// The registry may not be served, in a sentence; it would be the same again.
        case refusal(String)
        /// Nothing could be read, in a sentence.
        case reason(String)
    }

    private struct State {
        var snapshot: Snapshot?
        var lastAttempt: Attempt?
        /// What came of the last registry that was read whole.
        var lastLoaded: Attempt?
        /// Nil until something was read that says so.
        var isOpen: Bool?
    }

    private let state = Mutex(State())
    private let changes = Atomic<Int>(0)
    /// Whether an open registry may be served, which it may on loopback only.
    private let mayBeOpen: Bool

    /// Makes an empty store; with `mayBeOpen` a registry without `access` is served too.
    package init(mayBeOpen: Bool) { self.mayBeOpen = mayBeOpen }

    /// What is served now; nil before the first good load.
    package var snapshot: Snapshot? { state.withLock { $0.snapshot } }

    /// A number that changes behind the snapshot, and behind ``isGuarded``: whoever asks for it first has what was served
    /// under that number, or something newer.
    var generation: Int { changes.load(ordering: .acquiring) }

    var lastAttempt: Attempt? { state.withLock { $0.lastAttempt } }

    /// Whether requests are looked at as those to an open registry are: also as long as nobody knows whether it is.
    var isGuarded: Bool { state.withLock { $0.isOpen } ?? mayBeOpen }

    /// Whether the last attempt was refused because the registry is open, and may not be.
    package var isRefusedAsOpen: Bool {
        if case .refusal(Self.openElsewhere) = lastAttempt?.failure { true } else { false }
    }

    /// Puts a snapshot in the place of the one before; it is refused when that would open a closed server.
    ///
    /// - Returns: why it was refused; nil when it is served from now on.
    package func swap(in snapshot: Snapshot) -> String? {
        // The last to hold the one before may be this, and taking it apart must hold up nobody who waits for the lock.
        let before = self.snapshot
        defer { withExtendedLifetime(before) {} }
        return state.withLock { state in
            let isOpen = snapshot.registry.access == nil
            var refusal: String?
            if isOpen, state.isOpen == false {
                refusal =
                    "this revision has no access section, and the server was started with one: it is not "
                    + "opened by a reload; restart it to serve an open registry"
            } else if isOpen, !mayBeOpen {
                refusal = Self.openElsewhere
            }
            state.lastAttempt = Attempt(
                at: snapshot.loadedAt,
                failure: refusal.map { .refusal($0) },
                commit: snapshot.registry.revision.commit
            )
            state.lastLoaded = state.lastAttempt
            guard refusal == nil else { return refusal }
            state.isOpen = state.isOpen ?? isOpen
            // A registry that gets an access section is closed from then on.
            if !isOpen { state.isOpen = false }
            state.snapshot = snapshot
            changes.add(1, ordering: .releasing)
            return nil
        }
    }

    /// Notes that a revision has errors; the snapshot before stays.
    package func reject(_ broken: BrokenRevision, at time: Timestamp) {
        state.withLock { state in
            state.lastAttempt = Attempt(at: time, failure: .diagnostics(broken.diagnostics), commit: broken.commit)
            if state.snapshot == nil, let hasAccess = broken.hasAccess {
                // Only towards closed: an open server is one whose open registry was served.
                if hasAccess { state.isOpen = false }
                changes.add(1, ordering: .releasing)
            }
        }
    }

    /// Notes that nothing could be read; the snapshot before stays.
    package func fail(_ reason: String, at time: Timestamp) {
        state.withLock { $0.lastAttempt = Attempt(at: time, failure: .reason(reason), commit: nil) }
    }

    /// Notes that a load found what was read whole before, and was served or refused then.
    ///
    /// - Returns: why it is refused still; nil when it is what is served.
    package func confirm(at time: Timestamp) -> String? {
        state.withLock { state in
            guard var attempt = state.lastLoaded else { return nil }
            attempt.at = time
            state.lastAttempt = attempt
            if case .refusal(let refusal) = attempt.failure { return refusal }
            return nil
        }
    }

    /// What an open registry is told that is to be served to others.
    package static let openElsewhere = """
        a registry without access is served on loopback only. Set access up, then start again: \
        roster policy create reader --allow aiProviders:ListAiProviders aiProviders:GetAiProvider --resource '*'; \
        roster token create --name NAME --policy reader
        """
}
