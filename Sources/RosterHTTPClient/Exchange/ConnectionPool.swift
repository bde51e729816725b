import NIOCore
import RosterModel
import Synchronization

/// The idle connections of a client.
final class ConnectionPool: Sendable {
    private struct Idle {
        let connection: Connection
        let expiry: Scheduled<Void>
    }

    private static let limitOfOrigin = 4
    private static let limit = 16

    private let idle = Mutex<[Origin: [Idle]]>([:])
    /// The time for which an idle connection is kept.
    let time: Duration

    /// Creates a pool that closes connections that are idle for a time.
    init(time: Duration) { self.time = time }

    deinit {
        for entry in idle.withLock({ $0.values.flatMap(\.self) }) {
            entry.expiry.cancel()
            entry.connection.close()
        }
    }

    /// Takes the connection that was used last; nil when there is none.
    func take(_ origin: Origin) -> Connection? {
        guard let entry = idle.withLock({ $0[origin]?.popLast() }) else { return nil }
        entry.expiry.cancel()
        return entry.connection
    }

    /// Keeps a connection, or closes it when there are enough.
    func put(_ connection: Connection) {
        let expiry = connection.schedule(time) { [weak self] in
            self?.remove(connection)
            connection.close()
        }
        let isKept = idle.withLock { idle in
            let count = idle[connection.origin]?.count ?? 0
            guard connection.isActive, count < Self.limitOfOrigin,
                idle.values.reduce(0, { $0 + $1.count }) < Self.limit
            else { return false }
            idle[connection.origin, default: []].append(Idle(connection: connection, expiry: expiry))
            return true
        }
        guard !isKept else { return }
        expiry.cancel()
        connection.close()
    }

    /// Forgets a connection that is closed.
    func remove(_ connection: Connection) {
        let removed = idle.withLock { idle -> Idle? in
            guard let entries = idle[connection.origin],
                let position = entries.firstIndex(where: { $0.connection === connection })
            else { return nil }
            let entry = idle[connection.origin]?.remove(at: position)
            if entries.count == 1 { idle[connection.origin] = nil }
            return entry
        }
        removed?.expiry.cancel()
    }
}
