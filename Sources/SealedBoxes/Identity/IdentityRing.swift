/// The identities at hand, by the ids of their keys.
package struct IdentityRing: ~Copyable {
    /// One entry of a list of things that cannot be copied.
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

    /// Makes an empty ring.
    package init() {}

    /// Adds an identity; one of the same key stays.
    package mutating func add(_ identity: consuming Identity) {
        let key = identity.publicKey.id
        guard !contains(key) else { return }
        keys.append(key)
        first = Link(identity, next: first)
    }

    /// Whether there is an identity for a key.
    package borrowing func contains(_ key: String) -> Bool { keys.contains(key) }

    /// Opens a box with the identity of its key; whether it could.
    borrowing func open(_ box: SealedBox, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        var link = first
        while let current = link {
            if current.identity.publicKey.id == box.key { return unsafe current.identity.open(box, into: buffer) }
            link = current.next
        }
        return false
    }
}
