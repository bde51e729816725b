/// Pairs the records of two sides by id, independently of their files.
enum Matching {
    /// Returns the positions of the pairs: those of the base in their order, then those that only the head has.
    ///
    /// Records with a duplicate id are paired by path.
    static func pairs(
        _ base: [String: [Int]],
        _ head: [String: [Int]],
        path: (_ isHead: Bool, _ position: Int) -> String
    ) -> [(before: Int?, after: Int?)] {
        var result: [(before: Int?, after: Int?)] = []
        for id in Set(base.keys).union(head.keys) {
            var before = base[id] ?? []
            var after = head[id] ?? []
            if before.count > 1 || after.count > 1 {
                var positions: [String: Int] = [:]
                for other in after.reversed() { positions[path(true, other)] = other }
                var (paired, taken): (Set<Int>, Set<Int>) = ([], [])
                for one in before {
                    guard let other = positions[path(false, one)], taken.insert(other).inserted else { continue }
                    paired.insert(one)
                    result.append((one, other))
                }
                before.removeAll { paired.contains($0) }
                after.removeAll { taken.contains($0) }
            }
            for index in 0..<max(before.count, after.count) {
                result.append(
                    (index < before.count ? before[index] : nil, index < after.count ? after[index] : nil)
                )
            }
        }
        return result
    }
}
