import RosterModel
import RosterSemantics

extension AccessComparison {
    /// The rights that one token gained or lost.
    struct Difference: Sendable {
        /// The number of affected providers.
        private(set) var count = 0
        /// The first affected providers, as ranges of the table's positions, in order.
        private var ranges: [Range<Int>] = []
        private let table: ProviderTable
        /// All affected actions.
        private(set) var actions: AccessRights = []
        /// A Boolean value that indicates whether only the period of the rights changed.
        private(set) var isOnlyOfTime = true

        /// The maximum number of stored ranges, for a sentence that names the first three providers.
        private static let rangeLimit = 32

        init(in table: ProviderTable) { self.table = table }

        var isEmpty: Bool { count == 0 }

        /// The names in the head, `<project>/<handle>`, of the first affected providers.
        var providers: [String] { ranges.flatMap { table.names[$0] } }

        mutating func add(_ run: Range<Int>, _ actions: AccessRights, isOfTime: Bool) {
            guard !actions.isEmpty else { return }
            count += run.count
            if let last = ranges.last, last.upperBound == run.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<run.upperBound
            } else if ranges.count < Self.rangeLimit {
                ranges.append(run)
            }
            self.actions.formUnion(actions)
            if !isOfTime { isOnlyOfTime = false }
        }

        /// A description of the actions and providers.
        var words: String {
            let actions = actions.actions.map { $0.rawValue.split(separator: ":").last.map(String.init) ?? $0.rawValue }
            let shown = ranges.lazy.joined().prefix(3).map { table.names[$0] }.joined(separator: ", ")
            let rest = count > 3 ? " and \(count - 3) more" : ""
            return "\(actions.joined(separator: ", ")) on \(shown)\(rest)"
        }
    }
}
