import NIOCore
import RosterModel
import Synchronization

/// The sign-in of a person on one browser.
struct Session: Sendable, Hashable {
    let id: SessionID
    /// The credential of the token with which the person signed in, which decides at each request what the session may do.
    let credential: Credential
    /// The time of the sign-in, in seconds since 1970.
    let start: Int64
}

/// The sessions of a server, in memory only.
///
/// A session holds no right: the access table is asked at each request, so that a token that was revoked, has expired or has
/// other policies has the same effect here as in the API.
final class SessionStore: Sendable {
    /// The number of seconds after which a session ends.
    static let lifetime: Int64 = 12 * 60 * 60
    /// The number of seconds by which the clock may be set back without an end of the sessions.
    private static let tolerance: Int64 = 300

    private struct State {
        var sessions: [SessionID: Session] = [:]
        /// The sessions by the time of their start, also those that have ended since.
        var order = CircularBuffer<SessionID>()
        /// The sessions of each token by the time of their start, also those that have ended since.
        var byCredential: [Credential: CircularBuffer<SessionID>] = [:]
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let capacityOfToken: Int

    /// Creates a store of at most `capacity` sessions, and `capacityOfToken` of one token.
    ///
    /// A client with one token can end sessions of this token only.
    init(capacity: Int = 10_000, capacityOfToken: Int = 100) {
        (self.capacity, self.capacityOfToken) = (capacity, capacityOfToken)
    }

    /// The number of sessions, of which some may have ended by their age.
    var count: Int { state.withLock { $0.sessions.count } }

    /// The number of sessions in the order, those that have ended since included.
    var queueLength: Int { state.withLock { $0.order.count } }

    /// Starts a session, and returns its handle, which is always a new one.
    ///
    /// The session of `previous`, the handle that came with the sign-in, ends.
    func start(for credential: Credential, replacing previous: SessionHandle?, at time: Timestamp) -> SessionHandle {
        let handle = SessionHandle()
        let session = Session(id: handle.id, credential: credential, start: time.secondsSince1970)
        let ended = previous?.id
        state.withLock { state in
            if let ended { state.sessions[ended] = nil }
            removeExpired(at: session.start, from: &state)
            while state.sessions.count >= capacity, let oldest = state.order.popFirst() {
                state.sessions[oldest] = nil
            }
            var own = state.byCredential[credential, default: CircularBuffer()]
            own.removeAll { state.sessions[$0] == nil }
            while own.count >= capacityOfToken, let oldest = own.popFirst() { state.sessions[oldest] = nil }
            own.append(session.id)
            state.byCredential[credential] = own
            state.sessions[session.id] = session
            state.order.append(session.id)
            compact(&state)
        }
        return handle
    }

    /// Returns the session of a handle; nil when there is none, or it has ended.
    func session(of handle: SessionHandle, at time: Timestamp) -> Session? {
        let id = handle.id
        guard let session = state.withLock({ $0.sessions[id] }), Self.isCurrent(session, at: time.secondsSince1970)
        else { return nil }
        return session
    }

    /// Returns a Boolean value that indicates whether a session lasts.
    func isCurrent(_ session: Session, at time: Timestamp) -> Bool {
        Self.isCurrent(session, at: time.secondsSince1970) && state.withLock { $0.sessions[session.id] != nil }
    }

    /// Ends the session of a handle, and returns its credential; nil when there is no such session.
    @discardableResult
    func end(_ handle: SessionHandle) -> Credential? {
        let id = handle.id
        return state.withLock { $0.sessions.removeValue(forKey: id) }?.credential
    }

    private static func isCurrent(_ session: Session, at seconds: Int64) -> Bool {
        (-tolerance..<lifetime).contains(seconds - session.start)
    }

    /// Removes the sessions at the front of the order that have ended.
    private func removeExpired(at seconds: Int64, from state: inout State) {
        while let oldest = state.order.first {
            if let session = state.sessions[oldest] {
                guard !Self.isCurrent(session, at: seconds) else { return }
                state.sessions[oldest] = nil
            }
            state.order.removeFirst()
        }
    }

    /// Removes the sessions that have ended from the order when they are more than those that last.
    private func compact(_ state: inout State) {
        guard state.order.count > 2 * state.sessions.count + 16 else { return }
        state.order = CircularBuffer(state.order.filter { state.sessions[$0] != nil })
        state.byCredential = state.byCredential.filter { _, own in own.contains { state.sessions[$0] != nil } }
    }
}
