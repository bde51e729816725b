/// A search for the name that a user probably intended.
package enum NearestName {
    /// A name, prepared for comparisons.
    package struct Candidate {
        fileprivate let name: String
        fileprivate let letters: [UInt8]

        package init(_ name: String) {
            self.name = name
            letters = Array(name.lowercased().utf8.prefix(80))
        }
    }

    /// Returns the candidate with the fewest edits to `name`; nil when none is near, or two are equally near.
    package static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
        var work = Int.max
        return find(name, among: candidates.map(Candidate.init), work: &work)
    }

    /// Returns the same, and subtracts the number of compared pairs of characters from `work`.
    package static func find(_ name: String, among candidates: [Candidate], work: inout Int) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(80))
        let tolerance = max(1, min(3, wanted.count / 3))
        var best: (name: String, distance: Int)?
        var isTied = false
        for candidate in candidates {
            work -= 1
            guard abs(wanted.count - candidate.letters.count) <= tolerance else { continue }
            work -= wanted.count * candidate.letters.count
            let distance = distance(wanted, candidate.letters, atMost: tolerance)
            guard distance <= tolerance, distance <= best?.distance ?? tolerance else { continue }
            isTied = distance == best?.distance
            best = (candidate.name, distance)
        }
        return isTied ? nil : best?.name
    }

    /// Returns the number of edits between two words; a swap of neighbours is one edit (optimal string alignment).
    private static func distance(_ one: [UInt8], _ other: [UInt8], atMost limit: Int) -> Int {
        guard abs(one.count - other.count) <= limit else { return limit + 1 }
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for i in one.indices {
            var row = [i + 1]
            for j in other.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[other.count]
    }
}
