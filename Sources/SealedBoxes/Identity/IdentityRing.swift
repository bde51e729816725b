/// The available identities, by the ids of their keys.
package struct IdentityRing: ~Copyable {
    /// A node of a linked list of noncopyable identities.
    private final class Link {
        let identity: Identity
        let next: Link?

        init(_ identity: consuming Identity, next: Link?) {
            self.identity = identity
            self.next = next
        }
    }

    private var first: Link?
    /// The ids of the keys, in the order in which they were added.
    package private(set) var keys: [String] = []

    /// Creates an empty ring.
    package init() {}

    /// Adds an identity unless one of the same key exists.
    package mutating func add(_ identity: consuming Identity) {
        let key = identity.publicKey.id
        guard !contains(key) else { return }
        keys.append(key)
        first = Link(identity, next: first)
    }

    /// Returns a Boolean value that indicates whether an identity for a key exists.
    package borrowing func contains(_ key: String) -> Bool { keys.contains(key) }

    /// Opens a box with the identity of its key; returns false on failure.
    borrowing func open(_ box: SealedBox, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        var link = first
        while let current = link {
            if current.identity.publicKey.id == box.key { return unsafe current.identity.open(box, into: buffer) }
            link = current.next
        }
        return false
    }
}
