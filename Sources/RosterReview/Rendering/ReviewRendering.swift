/// A review in one format, and the rows that did not fit in it.
package struct ReviewRendering: Sendable {
    /// The output; it ends with a line end, unless it is empty.
    package var text: String
    /// The number of rows that the output omits, by risk.
    package var omitted: [Risk: Int] = [:]

    /// A Boolean value that indicates whether the output omits a row of high or critical risk, so that its reader
    /// cannot approve the change.
    package var omitsHighRisk: Bool { omitted.contains { $0.key >= .high && $0.value > 0 } }
}

extension [Risk: Int] {
    /// The number of rows of all risks.
    var total: Int { values.reduce(0, +) }

    /// The numbers of rows as text, the highest risk first: "3 critical, 12 medium".
    var words: String {
        Risk.allCases.reversed().compactMap { risk in
            self[risk].flatMap { $0 > 0 ? "\($0) \(risk.name)" : nil }
        }.joined(separator: ", ")
    }
}

extension Change {
    /// The positions of rows in the order in which they are placed if not all of them fit.
    ///
    /// Higher risks come first. Within one risk, each rule has a turn before any rule has its second, so that many rows
    /// with one cause do not displace a row with another.
    static func precedence(of changes: [Change]) -> [Int] {
        var lanes: [Lane: [Int]] = [:]
        for (index, change) in changes.enumerated() {
            let lane = Lane(risk: change.risk, subject: change.subject, rule: change.reasons.first?.rule ?? "")
            lanes[lane, default: []].append(index)
        }
        let order = lanes.keys.sorted(by: Lane.isOrderedBefore)
        var result: [Int] = []
        var (start, end) = (0, 0)
        while start < order.count {
            while end < order.count, order[end].risk == order[start].risk { end += 1 }
            var lanesOfRisk = order[start..<end].compactMap { lanes[$0] }
            var turn = 0
            while !lanesOfRisk.isEmpty {
                for lane in lanesOfRisk { result.append(lane[turn]) }
                turn += 1
                lanesOfRisk.removeAll { $0.count == turn }
            }
            start = end
        }
        return result
    }

    /// Rows of one risk and one cause.
    private struct Lane: Hashable {
        var risk: Risk
        var subject: Subject
        var rule: String

        static func isOrderedBefore(_ one: Lane, _ other: Lane) -> Bool {
            if one.risk != other.risk { return one.risk > other.risk }
            if one.subject != other.subject { return one.subject.rawValue < other.subject.rawValue }
            return one.rule < other.rule
        }
    }

    /// Returns at most `limit` fields.
    ///
    /// If not all fit, those that control destinations of keys or access come first.
    func leadingFields(_ limit: Int) -> [Field] {
        guard fields.count > limit else { return fields }
        let (weighty, rest) = (fields.filter(\.isWeighty), fields.filter { !$0.isWeighty })
        return Array((weighty + rest).prefix(limit))
    }
}

extension Change.Field {
    private static let weighty: Set<String> = [
        "baseUrl", "provider", "secret", "secretId", "allowedHosts", "publicKey", "policies", "project", "expires",
        "statements", "access", "fingerprint", "generation", "config.auth", "config.region", "config.resourceName",
    ]

    /// A Boolean value that indicates whether the field controls the destination of a key, or access.
    var isWeighty: Bool { Self.weighty.contains(path) || path.hasPrefix("config.headers") }
}
