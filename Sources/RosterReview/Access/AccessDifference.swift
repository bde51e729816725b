import RosterModel

extension AccessComparison {
    /// What one token gained or lost.
    struct Difference: Sendable {
        /// The providers that it concerns, as ranges of the table's positions, in order.
        private var ranges: [Range<Int>] = []
        private let table: ProviderTable
        /// All actions that it concerns.
        private(set) var actions: AccessRights = []
        /// Whether the same things are allowed for longer, or for less long.
        private(set) var isOnlyOfTime = true

        init(in table: ProviderTable) { self.table = table }

        var isEmpty: Bool { ranges.isEmpty }

        /// `<project>/<handle>` in the head, of the providers that it concerns.
        var providers: [String] { ranges.flatMap { table.names[$0] } }

        mutating func add(_ run: Range<Int>, _ actions: AccessRights, isOfTime: Bool) {
            guard !actions.isEmpty else { return }
            if let last = ranges.last, last.upperBound == run.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<run.upperBound
            } else {
                ranges.append(run)
            }
            self.actions.formUnion(actions)
            if !isOfTime { isOnlyOfTime = false }
        }

        /// Which actions on which providers, in words.
        var words: String {
            let actions = actions.actions.map { $0.rawValue.split(separator: ":").last.map(String.init) ?? $0.rawValue }
            let count = ranges.reduce(0) { $0 + $1.count }
            let shown = ranges.lazy.joined().prefix(3).map { table.names[$0] }.joined(separator: ", ")
            let rest = count > 3 ? " and \(count - 3) more" : ""
            return "\(actions.joined(separator: ", ")) on \(shown)\(rest)"
        }
    }
}
