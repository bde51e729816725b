/// The lines of a file that every line-based comparison treats as kept, rather than as deleted and added again.
///
/// If the head deletes lines and adds them at another position, a merge restores lines that the target deleted. So a
/// record that is equal in the head counts as unchanged only if its line is at its position: it occurs once on each
/// side, and no equal lines moved from one side of it to the other.
struct KeptLines {
    /// The numbers of the lines in the head, from 1.
    private let kept: Set<Int>

    init(base: [UInt8], head: [UInt8]) {
        let (before, after) = (Self.lines(base), Self.lines(head))
        var (counts, others) = ([ArraySlice<UInt8>: Int](), [ArraySlice<UInt8>: Int]())
        for line in before { counts[line, default: 0] += 1 }
        for line in after { others[line, default: 0] += 1 }
        var positions: [ArraySlice<UInt8>: Int] = [:]
        for (position, line) in before.enumerated() where counts[line] == 1 { positions[line] = position }
        var kept: Set<Int> = []
        // For each line, how often the base has it more than the head, up to this position and in total.
        var surplus: [ArraySlice<UInt8>: Int] = [:]
        let total = counts.merging(others.mapValues { -$0 }, uniquingKeysWith: +)
        var crossing = 0
        func count(_ line: ArraySlice<UInt8>, _ step: Int) {
            func crosses() -> Bool {
                let first = surplus[line] ?? 0
                let rest = (total[line] ?? 0) - first
                return first > 0 && rest < 0 || first < 0 && rest > 0
            }
            if crosses() { crossing -= 1 }
            surplus[line, default: 0] += step
            if crosses() { crossing += 1 }
        }
        var next = 0
        for (index, line) in after.enumerated() {
            // A line that occurs once on each side does not cross its own position.
            if others[line] == 1, let position = positions[line], position >= next {
                while next < position {
                    count(before[next], 1)
                    next += 1
                }
                if crossing == 0 { kept.insert(index + 1) }
            }
            count(line, -1)
        }
        self.kept = kept
    }

    /// Returns whether a line of the head, from 1, is at its position in the base.
    func contains(_ line: Int?) -> Bool { line.map(kept.contains) ?? false }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
}
