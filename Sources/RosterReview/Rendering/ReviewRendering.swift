/// A review in one format, and how much of it the format had no room for.
package struct ReviewRendering: Sendable {
    /// What is printed; it ends with a line end, unless it is empty.
    package var text: String
    /// The number of rows that the text does not mention, by risk.
    package var omitted: [Risk: Int] = [:]

    /// Whether a row of high or critical risk is missing from the text, so that its reader cannot approve the change.
    package var omitsHighRisk: Bool { omitted.contains { $0.key >= .high && $0.value > 0 } }
}

extension [Risk: Int] {
    /// The number of rows, all risks together.
    var total: Int { values.reduce(0, +) }

    /// The rows in words, the highest risk first: "3 critical, 12 medium".
    var words: String {
        Risk.allCases.reversed().compactMap { risk in
            self[risk].flatMap { $0 > 0 ? "\($0) \(risk.name)" : nil }
        }.joined(separator: ", ")
    }
}

extension Change {
    /// The positions of rows in the order in which they are given room where not all of them fit.
    ///
    /// Higher risks come first. Within one risk, each rule gets a turn before any rule gets its second, so that no
    /// number of rows with one cause keeps out a row with another.
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

    /// The fields of which at most `limit` are shown: those that decide where a key goes or who may read come first
    /// where not all fit.
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

    /// Whether it decides where a key goes, or who may read.
    var isWeighty: Bool { Self.weighty.contains(path) || path.hasPrefix("config.headers") }
}
