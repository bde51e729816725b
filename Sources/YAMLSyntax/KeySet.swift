/// The keys that a mapping has had so far.
///
/// Nearly every mapping has a handful: they are compared where they stand, without memory of their own. A long mapping
/// (`projects` of a large registry) is hashed, so that a hostile file cannot make the check quadratic.
struct KeySet {
    private static let compareAtMost = 16

    private var count = 0
    private var byHash: [Int: [YAMLNodeIndex]]?

    /// The earlier key of `mapping` with the same text as `key`, the newest node but for its value; nil when it is new.
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
                    other = tree.keyBehind(other)
                }
                return nil
            }
        }
        if byHash == nil {
            var hashed: [Int: [YAMLNodeIndex]] = [:]
            var other = mapping + 1
            while other < key {
                if tree[other].isScalar { hashed[Self.hash(other, in: tree), default: []].append(other) }
                other = tree.keyBehind(other)
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
    /// The key behind a key and its value, while their mapping is still being read.
    fileprivate func keyBehind(_ key: YAMLNodeIndex) -> YAMLNodeIndex {
        Int(nodes[Int(nodes[key].subtreeEnd)].subtreeEnd)
    }
}
