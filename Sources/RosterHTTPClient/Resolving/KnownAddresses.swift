import RosterModel
import Synchronization

/// The addresses that a resolver returned.
final class KnownAddresses: Sendable {
    private let resolver: NameResolver
    private let known = Mutex<[String: [Host]?]>([:])

    init(_ resolver: NameResolver) { self.resolver = resolver }

    /// Returns the addresses of a name, which is looked up when it is new.
    func addresses(_ name: String) -> [Host]? {
        if let addresses = known.withLock({ $0[name] }) { return addresses }
        let addresses = resolver.addresses(name)
        return known.withLock { known in
            // The first of several lookups counts.
            if let first = known[name] { return first }
            known[name] = .some(addresses)
            return addresses
        }
    }
}
