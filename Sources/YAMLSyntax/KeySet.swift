/// The keys that a mapping has had so far.
///
/// Nearly every mapping has a handful: they are compared where they stand, without memory of their own. A long mapping
/// (`projects` of a large registry) is hashed, so that a hostile file cannot make the check quadratic.
struct KeySet {
    private static let compareAtMost = 16

    private var count = 0
    private var byHash: [Int: [YAMLNodeIndex]] = [:]

    /// The earlier key of `mapping` with the same text as `key`, the newest node but for its value; nil when it is new.
    mutating func firstEqual(
        to key: YAMLNodeIndex,
        in mapping: YAMLNodeIndex,
        of tree: borrowing YAMLTree
    ) -> YAMLNodeIndex? {
        count += 1
        guard count > Self.compareAtMost else {
            return Self.first(equalTo: key, of: Siblings(mapping: mapping, end: key, tree: tree), in: tree)
        }
        if byHash.isEmpty {
            for key in Siblings(mapping: mapping, end: key, tree: tree) {
                byHash[Self.hash(key, in: tree), default: []].append(key)
            }
        }
        let hash = Self.hash(key, in: tree)
        if let first = Self.first(equalTo: key, of: byHash[hash] ?? [], in: tree) { return first }
        byHash[hash, default: []].append(key)
        return nil
    }

    private static func first(
        equalTo key: YAMLNodeIndex,
        of keys: some Sequence<YAMLNodeIndex>,
        in tree: borrowing YAMLTree
    ) -> YAMLNodeIndex? {
        unsafe tree.withBytes(of: key) { wanted in
            for other in keys where unsafe tree.contentEquals(other, wanted) {
                return other
            }
            return nil
        }
    }

    private static func hash(_ key: YAMLNodeIndex, in tree: borrowing YAMLTree) -> Int {
        unsafe tree.withBytes(of: key) { bytes in
            var hasher = Hasher()
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
            return hasher.finalize()
        }
    }
}

/// The scalar keys of a mapping that is still being read, in front of the one at `end`.
private struct Siblings: Sequence, IteratorProtocol {
    private let nodes: [YAMLNode]
    private let end: YAMLNodeIndex
    private var key: YAMLNodeIndex

    init(mapping: YAMLNodeIndex, end: YAMLNodeIndex, tree: borrowing YAMLTree) {
        nodes = tree.nodes
        key = mapping + 1
        self.end = end
    }

    mutating func next() -> YAMLNodeIndex? {
        while key < end {
            let found = key
            key = Int(nodes[Int(nodes[key].subtreeEnd)].subtreeEnd)
            if nodes[found].isScalar { return found }
        }
        return nil
    }
}
