import NIOCore

/// A connection with a response that depends on changes of the registry.
protocol ChangeListener: AnyObject {
    /// Notes that the registry, or the day, may have changed.
    func registryChanged()
}

/// The listeners of one event loop, isolated to that loop.
final class ListenerStore {
    private let eventLoop: NIOIsolatedEventLoop
    private var listeners: [ObjectIdentifier: any ChangeListener] = [:]
    var audiences = EventAudiences()
    /// The listeners that the current round has not reached.
    private var round: ArraySlice<any ChangeListener> = []
    /// A Boolean value that indicates whether something changed since the round began.
    private var isRoundStale = false

    /// The number of listeners that are notified before other work of the event loop has its turn.
    private static let sliceLength = 64

    init(eventLoop: NIOIsolatedEventLoop) { self.eventLoop = eventLoop }

    func add(_ listener: any ChangeListener) { listeners[ObjectIdentifier(listener)] = listener }

    func remove(_ listener: any ChangeListener) { listeners[ObjectIdentifier(listener)] = nil }

    /// Notifies all listeners, in slices; while this lasts, further changes cause one more round.
    ///
    /// Each listener takes the state at its turn, so the last change reaches all of them.
    func wake() {
        guard round.isEmpty else {
            isRoundStale = true
            return
        }
        round = Array(listeners.values)[...]
        continueRound()
    }

    /// Notifies all listeners once the work at hand is done.
    func scheduleWake() { eventLoop.execute { self.wake() } }

    private func continueRound() {
        let slice = round.prefix(Self.sliceLength)
        for listener in slice { listener.registryChanged() }
        round = round.dropFirst(slice.count)
        if !round.isEmpty {
            eventLoop.execute { self.continueRound() }
        } else {
            round = []
            if isRoundStale {
                isRoundStale = false
                wake()
            }
        }
    }
}
