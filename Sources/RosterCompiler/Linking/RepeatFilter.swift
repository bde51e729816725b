/// Tells, of many values, those that may be there more than once.
///
/// Nearly all values of a repository are there once, and this says so without a table of them: of a bit for each hash,
/// in a field that has many times more bits than there are values. Of the others about one in a hundred is there once,
/// too.
struct RepeatFilter {
    private var seen: [UInt64]
    private var seenAgain: [UInt64]
    /// How far a hash is shifted to the right to become the number of a bit.
    private let shift: UInt64

    /// The positions of hashes that are there more than once; 0 is the hash of nothing.
    static func repeats(in hashes: [Int]) -> [Int] {
        let filter = RepeatFilter(hashes)
        let suspects = hashes.indices.filter { hashes[$0] != 0 && filter.mayRepeat(hashes[$0]) }
        var counts: [Int: Int] = [:]
        for position in suspects { counts[hashes[position], default: 0] += 1 }
        return suspects.filter { counts[hashes[$0], default: 0] > 1 }
    }

    /// Makes a filter of the values with these hashes.
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

    /// Whether another value has, or may have, the same hash.
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
