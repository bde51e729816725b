import RosterModel

/// Compares what tokens may do by effect, whatever the cause: a policy, a token, a last day, a rename, a move.
struct AccessComparison {
    /// By the token's id.
    private(set) var widened: [String: Difference] = [:]
    private(set) var narrowed: [String: Difference] = [:]
    /// Providers, by name in the head, that some token may do more with because they moved.
    private(set) var widenedByMove: Set<String> = []
    /// The number of the head's tokens that may do more, by the name of each policy that they have.
    private(set) var widenedTokens: [String: Int] = [:]

    /// A provider that both sides have.
    struct Provider: Sendable {
        var before: (project: String, handle: String)
        var after: (project: String, handle: String)

        var isMoved: Bool { before != after }
    }

    /// Compares what tokens may do with the providers of both sides: with those that moved, and where the token's own
    /// rights differ, with all of them.
    init(base: Access?, head: Access?, moved: [Provider], all: () -> [Provider]) {
        // Without the section every client may read everything, so nothing can be widened.
        guard let base, let head else { return }
        let before = Dictionary(base.tokens.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(head.tokens.map { ($0.id, $0) }) { first, _ in first }
        let grants = (GrantCache(base), GrantCache(head))
        let movedTable = ProviderTable(moved)
        var table: ProviderTable?
        // Tokens with the same policies on both sides have the same outcome.
        var known: [Terms: Outcome] = [:]
        for id in Set(before.keys).union(after.keys) {
            let terms = Terms(before[id], after[id])
            let outcome: Outcome
            if let found = known[terms] {
                outcome = found
            } else {
                let (old, new) = (before[id].map { grants.0[$0] }, after[id].map { grants.1[$0] })
                if terms.time == 0, old == new {
                    outcome = Outcome(movedTable, old, new, time: 0)
                } else {
                    let everything = table ?? ProviderTable(all())
                    table = everything
                    outcome = Outcome(everything, old, new, time: terms.time)
                }
                known[terms] = outcome
                widenedByMove.formUnion(outcome.widenedByMove)
            }
            if !outcome.wider.isEmpty { widened[id.description] = outcome.wider }
            if !outcome.narrower.isEmpty { narrowed[id.description] = outcome.narrower }
        }
        for token in head.tokens where widened[token.id.description]?.isOnlyOfTime == false {
            for policy in Set(token.policies) { widenedTokens[policy, default: 0] += 1 }
        }
    }

    /// What decides the outcome of a token.
    private struct Terms: Hashable {
        private struct Side: Hashable {
            var policies: [String]
            var project: Handle?

            init(_ token: Access.Token) { (policies, project) = (token.policies, token.project) }
        }

        private var before: Side?
        private var after: Side?
        /// Whether the last valid day is later (1), earlier (-1) or the same (0).
        let time: Int

        init(_ before: Access.Token?, _ after: Access.Token?) {
            (self.before, self.after) = (before.map(Side.init), after.map(Side.init))
            let days = (Self.days(before), Self.days(after))
            time = days.1 == days.0 ? 0 : days.1 > days.0 ? 1 : -1
        }

        /// The last valid day for comparison; a token without one is valid for longer than any other.
        private static func days(_ token: Access.Token?) -> Int64 {
            token?.expires.map { Int64($0.daysSince1970) } ?? .max
        }
    }

    /// The grants of tokens of one side.
    private struct GrantCache {
        private let policies: [String: Access.Policy]

        init(_ access: Access) {
            policies = Dictionary(access.policies.map { ($0.name, $0) }) { first, _ in first }
        }

        subscript(token: Access.Token) -> AccessGrants {
            var names: Set<String> = []
            let own = token.policies.filter { names.insert($0).inserted }.compactMap { policies[$0] }
            return AccessGrants(policies: own, lock: token.project)
        }
    }

    /// What tokens with the same terms gain and lose.
    private struct Outcome {
        private(set) var wider: Difference
        private(set) var narrower: Difference
        private(set) var widenedByMove: [String] = []

        init(_ table: ProviderTable, _ before: AccessGrants?, _ after: AccessGrants?, time: Int) {
            (wider, narrower) = (Difference(in: table), Difference(in: table))
            var moved = table.moved[...]
            for run in table.runs(before, after) {
                let first = table.providers[run.lowerBound]
                let was = before?.rights(project: first.before.project, handle: first.before.handle) ?? []
                let now = after?.rights(project: first.after.project, handle: first.after.handle) ?? []
                let (added, taken, both) = (now.subtracting(was), was.subtracting(now), now.intersection(was))
                wider.add(run, added, isOfTime: false)
                narrower.add(run, taken, isOfTime: false)
                if added.isEmpty, time > 0 { wider.add(run, both, isOfTime: true) }
                if taken.isEmpty, time < 0 { narrower.add(run, both, isOfTime: true) }
                let movedHere = moved.prefix { $0 < run.upperBound }
                if !added.isEmpty { widenedByMove += movedHere.map { table.names[$0] } }
                moved = moved.dropFirst(movedHere.count)
            }
        }
    }
}
