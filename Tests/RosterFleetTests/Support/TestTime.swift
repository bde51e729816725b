import RosterBackend
import RosterModel
import Synchronization

/// A clock that a test sets.
final class TestTime: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ value: Int64) { milliseconds = Mutex(value) }

    var value: Int64 {
        get { milliseconds.withLock { $0 } }
        set { milliseconds.withLock { $0 = newValue } }
    }
}

/// The document of a registry.
enum RegistryDocumentBytes {
    static func of(_ registry: Registry) -> [UInt8] { RegistryEncoder.encode(registry) }
}
