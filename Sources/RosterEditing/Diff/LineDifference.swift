/// The deleted and added lines between two texts: Myers' shortest edit script.
struct LineDifference {
    /// A range of old lines, and the range of new ones that replaces it.
    struct Change: Hashable {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// The changes in order, separated by equal lines.
    private(set) var changes: [Change] = []

    /// The maximum number of differing lines; for more, everything between the common prefix and suffix is one change.
    private static let limit = 1_000

    init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        let (olds, news) = (start..<(old.count - end), start..<(new.count - end))
        guard !olds.isEmpty || !news.isEmpty else { return }
        guard let kept = Self.keptLines(old[olds], new[news]) else {
            changes = [Change(old: olds, new: news)]
            return
        }
        var (nextOld, nextNew) = (start, start)
        for (line, other) in kept + [(olds.upperBound, news.upperBound)] {
            if line > nextOld || other > nextNew {
                changes.append(Change(old: nextOld..<line, new: nextNew..<other))
            }
            (nextOld, nextNew) = (line + 1, other + 1)
        }
    }

    /// Returns the pairs of equal lines; nil for too many differences.
    private static func keptLines(
        _ old: ArraySlice<ArraySlice<UInt8>>,
        _ new: ArraySlice<ArraySlice<UInt8>>
    ) -> [(Int, Int)]? {
        let most = min(old.count + new.count, limit)
        var reach = [Int](repeating: 0, count: 2 * most + 3)
        var trace: [[Int]] = []
        for steps in 0...most {
            trace.append(reach)
            for diagonal in stride(from: -steps, through: steps, by: 2) {
                let at = diagonal + most + 1
                let isDown = diagonal == -steps || diagonal != steps && reach[at - 1] < reach[at + 1]
                var x = isDown ? reach[at + 1] : reach[at - 1] + 1
                var y = x - diagonal
                while x < old.count, y < new.count, old[old.startIndex + x] == new[new.startIndex + y] {
                    (x, y) = (x + 1, y + 1)
                }
                reach[at] = x
                guard x >= old.count, y >= new.count else { continue }
                return walkBack(trace, (old.count, new.count), most).map { (old.startIndex + $0, new.startIndex + $1) }
            }
        }
        return nil
    }

    private static func walkBack(_ trace: [[Int]], _ end: (Int, Int), _ most: Int) -> [(Int, Int)] {
        var kept: [(Int, Int)] = []
        var (x, y) = end
        for steps in trace.indices.reversed() {
            let reach = trace[steps]
            let diagonal = x - y
            let at = diagonal + most + 1
            let isDown = diagonal == -steps || diagonal != steps && reach[at - 1] < reach[at + 1]
            let startX = reach[isDown ? at + 1 : at - 1]
            let startY = startX - (isDown ? diagonal + 1 : diagonal - 1)
            while x > startX, y > startY {
                (x, y) = (x - 1, y - 1)
                kept.append((x, y))
            }
            (x, y) = (startX, startY)
        }
        return kept.reversed()
    }
}
