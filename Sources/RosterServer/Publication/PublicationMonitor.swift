package import RosterModel
import Synchronization

/// The state of a server that follows signed publications, for its status, its metrics and its readiness.
package final class PublicationMonitor: Sendable {
    /// The publication that is served.
    package struct Served: Sendable, Hashable {
        package var channel: String
        package var serial: Int64
        package var issued: Timestamp
        package var expires: Timestamp
        /// The id of the key that signed it.
        package var keyID: String

        package init(channel: String, serial: Int64, issued: Timestamp, expires: Timestamp, keyID: String) {
            (self.channel, self.serial, self.issued) = (channel, serial, issued)
            (self.expires, self.keyID) = (expires, keyID)
        }
    }

    /// A failure of a source, or of the state folder.
    package struct Failure: Sendable, Hashable {
        /// A label of a closed list.
        package var reason: String
        /// A sentence without a full stop.
        package var message: String
        package var at: Timestamp

        package init(reason: String, message: String, at: Timestamp) {
            (self.reason, self.message, self.at) = (reason, message, at)
        }
    }

    /// A source of publications.
    package struct Source: Sendable, Hashable {
        /// The address without credentials.
        package var address: String
        /// A Boolean value that indicates whether the last read succeeded; nil before the first.
        package var isUp: Bool?
        /// The time of the last read that succeeded.
        package var checkedAt: Timestamp?
        /// The time at which it last had a new manifest.
        package var changedAt: Timestamp?
        /// The last failure, also after a read that succeeded.
        package var failure: Failure?
        /// A Boolean value that indicates whether its newest publication is refused.
        package var isRefused = false

        package init(address: String) { self.address = address }
    }

    /// The state folder.
    package struct Saved: Sendable, Hashable {
        package var savedAt: Timestamp?
        package var failure: Failure?

        package init() {}
    }

    /// Everything that is shown.
    package struct State: Sendable, Hashable {
        package var served: Served?
        package var sources: [Source]
        /// Nil without a state folder.
        package var saved: Saved?
    }

    /// The choice after the expiry of what is served.
    package enum Expiry: String, Sendable, CaseIterable {
        case refuse, serve
    }

    /// The age of what is served, as a part of its validity.
    package enum Freshness: String, Sendable, CaseIterable {
        case current
        /// More than half of the validity is over, and nothing newer has arrived.
        case ageing
        case expired
        /// Nothing is served yet.
        case none
    }

    /// The result of one read of a source.
    package enum Check: String, Sendable, CaseIterable {
        case same, new, failed
    }

    package let expiry: Expiry
    /// The seconds by which clocks may differ.
    package let skew: Int64
    private let state: Mutex<State>
    private let counters: Mutex<PublicationCounts>

    /// Creates a monitor of the sources of some addresses, in their order.
    package init(sources: [String], hasStateFolder: Bool, expiry: Expiry, skew: Int64) {
        (self.expiry, self.skew) = (expiry, skew)
        let saved = hasStateFolder ? Saved() : nil
        state = Mutex(State(served: nil, sources: sources.map { Source(address: $0) }, saved: saved))
        counters = Mutex(PublicationCounts(sources: sources.count))
    }

    package var current: State { state.withLock { $0 } }

    /// The numbers of what has happened, for the metrics.
    var counts: PublicationCounts { counters.withLock { $0 } }

    /// Records the publication that the server serves since a time in milliseconds since 1970; nil for one that it served
    /// before a restart.
    package func serve(_ served: Served, activatedAt: Int64?) {
        state.withLock { $0.served = served }
        guard let activatedAt else { return }
        counters.withLock { $0.noteDelay(of: served, activatedAt: activatedAt) }
    }

    /// Returns the freshness of the publication that is served.
    package func freshness(at time: Timestamp) -> Freshness {
        guard let served = state.withLock({ $0.served }) else { return .none }
        let (now, issued) = (time.secondsSince1970, served.issued.secondsSince1970)
        if now >= served.end(skew: skew) { return .expired }
        return now >= issued + (served.expires.secondsSince1970 - issued) / 2 ? .ageing : .current
    }

    /// Records a read of the source at a position.
    package func note(_ check: Check, ofSource position: Int, failure: Failure?, at time: Timestamp) {
        state.withLock { state in
            state.sources[position].isUp = check != .failed
            if check != .failed { state.sources[position].checkedAt = time }
            if check == .new { state.sources[position].changedAt = time }
            if let failure { state.sources[position].failure = failure }
        }
        counters.withLock { $0.note(check, ofSource: position) }
    }

    /// Records whether the newest publication of a source is refused.
    package func note(isRefused: Bool, ofSource position: Int) {
        state.withLock { $0.sources[position].isRefused = isRefused }
    }

    /// Counts a publication that was refused, and records the reason at its source.
    package func refuse(_ failure: Failure, ofSource position: Int) {
        state.withLock { state in
            state.sources[position].failure = failure
            state.sources[position].isRefused = true
        }
        counters.withLock { $0.noteRefusal(failure.reason) }
    }

    /// Records a write of the state folder; nil is a success.
    package func noteSave(failure: Failure?, at time: Timestamp) {
        state.withLock { state in
            state.saved?.failure = failure
            if failure == nil { state.saved?.savedAt = time }
        }
        if failure != nil { counters.withLock { $0.stateFailures += 1 } }
    }

    /// Records why the publication in the state folder is not served; a refusal is counted as that of a source is.
    package func noteUnusableSave(_ failure: Failure, isRefusal: Bool) {
        state.withLock { $0.saved?.failure = failure }
        if isRefusal { counters.withLock { $0.noteRefusal(failure.reason) } }
    }
}
