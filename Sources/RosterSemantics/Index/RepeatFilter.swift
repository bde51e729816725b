/// A Bloom filter with one hash function that finds the values that occur more than once.
///
/// Nearly all values of a repository are unique, and a bit for each hash proves it without a table of values: the field
/// has many times more bits than there are values. About one in a hundred unique values is a false positive.
struct RepeatFilter {
    private var seen: [UInt64]
    private var seenAgain: [UInt64]
    /// The number of bits by which a hash is shifted to the right to become the number of a bit.
    private let shift: UInt64

    /// Returns the positions of hashes that occur more than once; 0 is the hash of an absent value.
    static func repeats(in hashes: [Int]) -> [Int] {
        let filter = RepeatFilter(hashes)
        let suspects = hashes.indices.filter { hashes[$0] != 0 && filter.mayRepeat(hashes[$0]) }
        var counts: [Int: Int] = [:]
        for position in suspects { counts[hashes[position], default: 0] += 1 }
        return suspects.filter { counts[hashes[$0], default: 0] > 1 }
    }

    /// Creates a filter of the values with these hashes.
    private init(_ hashes: [Int]) {
        let width = max(6, Int.bitWidth - (hashes.count * 64).leadingZeroBitCount)
        shift = UInt64(UInt64.bitWidth - width)
        seen = Array(repeating: 0, count: 1 << (width - 6))
        seenAgain = seen
        for hash in hashes {
            let (word, bit) = place(of: hash)
            seenAgain[word] |= seen[word] & bit
            seen[word] |= bit
        }
    }

    /// Returns whether another value has, or may have, the same hash.
    private func mayRepeat(_ hash: Int) -> Bool {
        let (word, bit) = place(of: hash)
        return seenAgain[word] & bit != 0
    }

    private func place(of hash: Int) -> (word: Int, bit: UInt64) {
        // The upper bits of the product depend on all bits of the hash.
        let number = (UInt64(bitPattern: Int64(hash)) &* 0x9E37_79B9_7F4A_7C15) >> shift
        return (Int(number / 64), 1 << (number % 64))
    }
}
