/// A set of the keys of a mapping that is being read.
///
/// Nearly every mapping has a few keys, which are compared in place without an allocation. The keys of a long mapping
/// (`projects` of a large registry) are hashed, so that a hostile file cannot make the check quadratic.
struct KeySet {
    private static let compareAtMost = 16

    private var count = 0
    private var byHash: [Int: [YAMLNodeIndex]]?

    /// Returns the earlier key of `mapping` with the same text as `key`, the last key of the tree; nil for a new key.
    mutating func firstEqual(
        to key: YAMLNodeIndex,
        in mapping: YAMLNodeIndex,
        of tree: borrowing YAMLTree
    ) -> YAMLNodeIndex? {
        count += 1
        guard count > Self.compareAtMost else {
            return unsafe tree.withBytes(of: key) { wanted in
                var other = mapping + 1
                while other < key {
                    if unsafe tree[other].isScalar && tree.contentEquals(other, wanted) { return other }
                    other = tree.nextKey(after: other)
                }
                return nil
            }
        }
        if byHash == nil {
            var hashed: [Int: [YAMLNodeIndex]] = [:]
            var other = mapping + 1
            while other < key {
                if tree[other].isScalar { hashed[Self.hash(other, in: tree), default: []].append(other) }
                other = tree.nextKey(after: other)
            }
            byHash = hashed
        }
        let hash = Self.hash(key, in: tree)
        let same = (byHash?[hash] ?? []).first { other in
            unsafe tree.withBytes(of: key) { unsafe tree.contentEquals(other, $0) }
        }
        if let same { return same }
        byHash?[hash, default: []].append(key)
        return nil
    }

    private static func hash(_ key: YAMLNodeIndex, in tree: borrowing YAMLTree) -> Int {
        unsafe tree.withBytes(of: key) { bytes in
            var hasher = Hasher()
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
            return hasher.finalize()
        }
    }
}

extension YAMLTree {
    /// Returns the key after a key and its value, in a mapping that is being read.
    fileprivate func nextKey(after key: YAMLNodeIndex) -> YAMLNodeIndex {
        Int(nodes[Int(nodes[key].subtreeEnd)].subtreeEnd)
    }
}
