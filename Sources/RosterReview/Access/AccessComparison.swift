import RosterBytes
import RosterModel
import RosterSemantics

/// Compares the effective rights of tokens, independently of the cause: a policy, a token, an expiry date, a rename, or
/// a move.
struct AccessComparison {
    /// The gained rights, by token id.
    private(set) var widened: [String: Difference] = [:]
    private(set) var narrowed: [String: Difference] = [:]
    /// The names in the head of moved providers for which some token gained rights.
    private(set) var widenedByMove: Set<String> = []
    /// The number of the head's tokens that gained rights, by the name of each of their policies.
    private(set) var widenedTokens: [String: Int] = [:]
    /// A Boolean value that indicates whether all tokens were compared; too many policies and providers can prevent it.
    private(set) var isComplete = true

    /// The maximum number of steps of the comparison: each is one policy of a token, or one group of providers for a
    /// token.
    static let stepLimit = 1 << 29

    /// A provider that both sides have.
    struct Provider: Sendable {
        var before: (project: String, handle: String)
        var after: (project: String, handle: String)

        var isMoved: Bool { before != after }
    }

    /// Compares the rights to providers of both sides: to the moved ones, and to all of them if the token's own rights
    /// differ.
    init(
        base: Access?,
        head: Access?,
        moved: [Provider],
        stepLimit: Int = AccessComparison.stepLimit,
        all: () -> [Provider]
    ) {
        // Without the section every client may read everything, so no rights can be gained.
        guard let base, let head else { return }
        let before = Dictionary(base.tokens.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(head.tokens.map { ($0.id, $0) }) { first, _ in first }
        let changed = Self.changedPolicies(base, head)
        var steps = stepLimit
        var ofMoved = Outcomes(AccessColumns(ProviderTable(moved), base: base, head: head))
        var ofAll: Outcomes?
        let ids = Set(before.keys).union(after.keys).map { ($0, $0.description) }
        for (id, text) in ids.sorted(by: { $0.1.precedesInBytes($1.1) }) {
            let (old, new) = (before[id], after[id])
            let isSame = old.map { new?.hasTerms(of: $0) ?? false } ?? false
            let outcome: Outcome?
            if isSame, old?.policies.allSatisfy({ !changed.contains($0) }) ?? false {
                outcome = ofMoved.outcome(old, new, &steps)
            } else {
                // The value is moved out of the optional while it changes, to avoid a copy.
                var outcomes = ofAll ?? Outcomes(AccessColumns(ProviderTable(all()), base: base, head: head))
                ofAll = nil
                outcome = outcomes.outcome(old, new, &steps)
                ofAll = outcomes
            }
            guard let outcome else {
                isComplete = false
                break
            }
            if !outcome.wider.isEmpty { widened[text] = outcome.wider }
            if !outcome.narrower.isEmpty { narrowed[text] = outcome.narrower }
        }
        widenedByMove = ofMoved.widenedByMove.union(ofAll?.widenedByMove ?? [])
        for token in head.tokens where widened[token.id.description]?.isOnlyOfTime == false {
            for policy in Set(token.policies) { widenedTokens[policy, default: 0] += 1 }
        }
    }

    /// Returns the names of policies that differ, or that only one side has.
    private static func changedPolicies(_ base: Access, _ head: Access) -> Set<String> {
        let before = Dictionary(base.policies.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(head.policies.map { ($0.name, $0) }) { first, _ in first }
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    }
}

extension Access.Token {
    /// Returns whether a token has the same policies, project and expiry date as another.
    fileprivate func hasTerms(of other: Access.Token) -> Bool {
        policies == other.policies && project == other.project && expires == other.expires
    }
}

extension AccessComparison {
    /// The properties that determine the outcome of a token.
    private struct Terms: Hashable {
        private struct Side: Hashable {
            var policies: [String]
            var project: Handle?

            init(_ token: Access.Token) { (policies, project) = (token.policies, token.project) }
        }

        private var before: Side?
        private var after: Side?
        /// The order of the expiry dates: later (1), earlier (-1) or equal (0).
        let time: Int

        init(_ before: Access.Token?, _ after: Access.Token?) {
            (self.before, self.after) = (before.map(Side.init), after.map(Side.init))
            let days = (Self.days(before), Self.days(after))
            time = days.1 == days.0 ? 0 : days.1 > days.0 ? 1 : -1
        }

        /// Returns the last valid day; a token without one is valid longer than all others.
        private static func days(_ token: Access.Token?) -> Int64 {
            token?.expires.map { Int64($0.daysSince1970) } ?? .max
        }
    }

    /// The gained and lost rights of tokens with the same terms.
    private struct Outcome {
        var wider: Difference
        var narrower: Difference
    }

    /// The outcomes of tokens for some providers.
    private struct Outcomes {
        private let columns: AccessColumns
        /// Tokens with the same terms on both sides have the same outcome.
        private var known: [Terms: Outcome] = [:]
        /// For each column, whether some token gained rights.
        private var isWidened: [Bool]

        init(_ columns: AccessColumns) {
            self.columns = columns
            isWidened = [Bool](repeating: false, count: columns.runs.count)
        }

        /// The names in the head of moved providers for which some token gained rights.
        var widenedByMove: Set<String> {
            let table = columns.table
            var names: Set<String> = []
            var moved = table.moved[...]
            for (column, run) in columns.runs.enumerated() {
                let here = moved.prefix { $0 < run.upperBound }
                if isWidened[column] { names.formUnion(here.map { table.names[$0] }) }
                moved = moved.dropFirst(here.count)
            }
            return names
        }

        /// Returns the gained and lost rights of a token; nil when the remaining steps do not suffice.
        mutating func outcome(_ old: Access.Token?, _ new: Access.Token?, _ steps: inout Int) -> Outcome? {
            let terms = Terms(old, new)
            if let outcome = known[terms] { return outcome }
            steps -= columns.cost(of: old, columns.before) + columns.cost(of: new, columns.after)
            guard steps >= 0 else { return nil }
            let before = columns.rights(of: old, columns.before)
            let after = columns.rights(of: new, columns.after)
            var outcome = Outcome(wider: Difference(in: columns.table), narrower: Difference(in: columns.table))
            for (column, run) in columns.runs.enumerated() {
                let (was, now) = (before?[column] ?? [], after?[column] ?? [])
                let (added, taken, both) = (now.subtracting(was), was.subtracting(now), now.intersection(was))
                outcome.wider.add(run, added, isOfTime: false)
                outcome.narrower.add(run, taken, isOfTime: false)
                if added.isEmpty, terms.time > 0 { outcome.wider.add(run, both, isOfTime: true) }
                if taken.isEmpty, terms.time < 0 { outcome.narrower.add(run, both, isOfTime: true) }
                if !added.isEmpty { isWidened[column] = true }
            }
            known[terms] = outcome
            return outcome
        }
    }
}
