import NIOCore
import Synchronization

/// A signal that the registry that is served has changed, for the event loops that have listeners.
final class ChangeSignal: Sendable {
    /// An event loop that is woken, and a Boolean value that indicates whether it is about to be.
    private struct Receiver {
        var eventLoop: any EventLoop
        var isDue = false
        var wake: @Sendable () -> Void
    }

    private struct State {
        var receivers: [Int: Receiver] = [:]
        var nextNumber = 0
    }

    private let state = Mutex(State())

    /// Calls a closure on an event loop after each change; changes in quick succession can share a call.
    ///
    /// - Returns: the number with which ``stop(_:)`` ends it.
    func receive(on eventLoop: any EventLoop, _ wake: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.nextNumber += 1
            state.receivers[state.nextNumber] = Receiver(eventLoop: eventLoop, wake: wake)
            return state.nextNumber
        }
    }

    /// Ends the calls of a receiver: nothing is scheduled on its event loop afterwards.
    func stop(_ number: Int) { state.withLock { $0.receivers[number] = nil } }

    /// Wakes all receivers.
    func send() {
        state.withLock { state in
            for (number, receiver) in state.receivers where !receiver.isDue {
                state.receivers[number]?.isDue = true
                receiver.eventLoop.execute { [self] in
                    // Cleared first, so that a change during the call causes another.
                    let wake = clear(number)
                    wake?()
                }
            }
        }
    }

    private func clear(_ number: Int) -> (@Sendable () -> Void)? {
        state.withLock { state in
            state.receivers[number]?.isDue = false
            return state.receivers[number]?.wake
        }
    }
}
