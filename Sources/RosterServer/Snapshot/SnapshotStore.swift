import RosterDiagnostics
package import RosterModel
import Synchronization

/// The snapshot that is served, and the result of the last attempt to load another.
package final class SnapshotStore: Sendable {
    /// The result of an attempt.
    struct Attempt: Sendable {
        var at: Timestamp
        /// The reason for which it failed; nil when it succeeded.
        var failure: AttemptFailure?
        var commit: String?
    }

    /// The reason for which no newer snapshot is served.
    enum AttemptFailure: Sendable {
        case diagnostics([Diagnostic])
        /// The registry may not be served, in a sentence; another attempt would have the same result.
        case refusal(String)
        /// A publication was refused, in a sentence.
        case publication(String)
        /// Nothing could be read, in a sentence.
        case reason(String)
    }

    private struct State {
        var snapshot: Snapshot?
        var lastAttempt: Attempt?
        /// The result of the last registry that was read completely.
        var lastLoaded: Attempt?
        /// Nil until a registry was read.
        var isOpen: Bool?
    }

    private let state = Mutex(State())
    private let changes = Atomic<Int>(0)
    /// The monitor of the publications that are served; nil for a source without publications.
    let publication: PublicationMonitor?
    private let validity = PublicationValidity()
    /// Signals each snapshot that is served from then on.
    let changeSignal = ChangeSignal()
    /// A Boolean value that indicates whether an open registry may be served, which requires a loopback address.
    private let mayBeOpen: Bool

    /// Creates an empty store; with `mayBeOpen` a registry without `access` is served too.
    package init(mayBeOpen: Bool, publication: PublicationMonitor? = nil) {
        (self.mayBeOpen, self.publication) = (mayBeOpen, publication)
    }

    /// The snapshot that is served; nil before the first successful load.
    package var snapshot: Snapshot? { state.withLock { $0.snapshot } }

    /// A number that changes after the snapshot and ``isGuarded``: a caller that reads it first gets the snapshot of that
    /// number, or a newer one.
    var generation: Int { changes.load(ordering: .acquiring) }

    var lastAttempt: Attempt? { state.withLock { $0.lastAttempt } }

    /// A Boolean value that indicates whether requests are checked as those to an open registry, as they are until it is known
    /// whether the registry is open.
    var isGuarded: Bool { state.withLock { $0.isOpen } ?? mayBeOpen }

    /// A Boolean value that indicates whether the last attempt was refused because the registry is open.
    package var isRefusedAsOpen: Bool {
        if case .refusal(Self.openElsewhere) = lastAttempt?.failure { true } else { false }
    }

    /// Serves a snapshot instead of the previous one, unless that would open a closed server.
    ///
    /// - Returns: the reason for a refusal; nil when the snapshot is served.
    package func swap(in snapshot: Snapshot) -> String? {
        // This may release the previous snapshot, which must not happen while the lock is held.
        let before = self.snapshot
        defer { withExtendedLifetime(before) {} }
        let refusal = exchange(snapshot)
        if refusal == nil {
            renew()
            changeSignal.send()
        }
        return refusal
    }

    /// Returns the reason for which ``swap(in:)`` would refuse a registry; nil when it would be served.
    func refusal(of registry: Registry) -> String? {
        state.withLock { refusal(ofOpen: registry.access == nil, $0) }
    }

    private func refusal(ofOpen isOpen: Bool, _ state: State) -> String? {
        guard isOpen else { return nil }
        if state.isOpen == false {
            return "this revision has no access section, and the server was started with one: it is not "
                + "opened by a reload; restart it to serve an open registry"
        }
        return mayBeOpen ? nil : Self.openElsewhere
    }

    // MARK: Expiry

    /// Takes the end of validity from the publication that the monitor has, once what is served is its registry.
    ///
    /// A publication can be renewed without another snapshot.
    func renew() {
        guard let publication, let served = publication.current.served else { return }
        validity.set(served, skew: publication.skew)
    }

    /// Returns a Boolean value that indicates whether the publication that is served has expired.
    func hasExpired(at time: Timestamp) -> Bool { validity.hasEnded(at: time.secondsSince1970) }

    /// Returns a Boolean value that indicates whether requests are refused because the publication has expired.
    ///
    /// A caller that reads this before the snapshot never serves an expired one under the validity of its successor.
    func refusesRequests(at time: Timestamp) -> Bool {
        guard let publication, publication.expiry == .refuse else { return false }
        return hasExpired(at: time)
    }

    /// Returns the freshness of what is served; nil without publications.
    func freshness(at time: Timestamp) -> PublicationMonitor.Freshness? {
        guard let publication else { return nil }
        return hasExpired(at: time) ? .expired : publication.freshness(at: time)
    }

    private func exchange(_ snapshot: Snapshot) -> String? {
        state.withLock { state in
            let isOpen = snapshot.registry.access == nil
            let refusal = refusal(ofOpen: isOpen, state)
            state.lastAttempt = Attempt(
                at: snapshot.loadedAt,
                failure: refusal.map { .refusal($0) },
                commit: snapshot.registry.revision.commit
            )
            // A source of publications that has again what is served reports that as the same.
            if refusal == nil || publication == nil { state.lastLoaded = state.lastAttempt }
            guard refusal == nil else { return refusal }
            state.isOpen = state.isOpen ?? isOpen
            // A registry that gets an access section is closed from then on.
            if !isOpen { state.isOpen = false }
            state.snapshot = snapshot
            changes.add(1, ordering: .releasing)
            return nil
        }
    }

    /// Records that a revision has errors; the previous snapshot is still served.
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

    /// Records that nothing could be read; the previous snapshot is still served.
    package func fail(_ reason: String, at time: Timestamp) {
        state.withLock { $0.lastAttempt = Attempt(at: time, failure: .reason(reason), commit: nil) }
    }

    /// Records that a publication is refused; the previous snapshot is still served.
    ///
    /// - Returns: a Boolean value that indicates whether the last attempt had another result.
    func refuse(_ message: String, at time: Timestamp) -> Bool {
        state.withLock { state in
            let before = state.lastAttempt?.failure
            state.lastAttempt = Attempt(at: time, failure: .publication(message), commit: nil)
            if case .publication(message) = before { return false }
            return true
        }
    }

    /// Records that a load found the registry that was last read completely.
    ///
    /// - Returns: the reason for which it is refused; nil when it is served.
    package func confirm(at time: Timestamp) -> String? {
        state.withLock { state in
            guard var attempt = state.lastLoaded else { return nil }
            attempt.at = time
            state.lastAttempt = attempt
            if case .refusal(let refusal) = attempt.failure { return refusal }
            return nil
        }
    }

    /// The message for an open registry that other machines could reach.
    package static let openElsewhere = """
        a registry without access is served on loopback only. Set access up, then start again: \
        roster policy create reader --allow aiProviders:ListAiProviders aiProviders:GetAiProvider --resource '*'; \
        roster token create --name NAME --policy reader
        """
}
