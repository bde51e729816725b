import RosterCompiler
import RosterModel

/// Who may do more or less than before, whatever the cause: a policy, a token, a day, a rename, a move.
struct AccessComparison {
    /// What one token came to be allowed, or no longer is.
    struct Difference: Hashable {
        /// `<project>/<handle>` in the head, of the providers that it concerns.
        var providers: [String] = []
        /// All actions that it concerns.
        var actions: AccessRights = []
        /// Whether the same things are allowed for longer, or for less long.
        var isOnlyOfTime = true

        var isEmpty: Bool { providers.isEmpty }

        mutating func add(_ provider: String, _ actions: AccessRights, isOfTime: Bool) {
            guard !actions.isEmpty else { return }
            providers.append(provider)
            self.actions.formUnion(actions)
            if !isOfTime { isOnlyOfTime = false }
        }

        /// Which actions on which providers, in words.
        var words: String {
            let names = actions.actions.map { $0.rawValue.split(separator: ":").last.map(String.init) ?? $0.rawValue }
            let shown = providers.prefix(3).joined(separator: ", ")
            let rest = providers.count > 3 ? " and \(providers.count - 3) more" : ""
            return "\(names.joined(separator: ", ")) on \(shown)\(rest)"
        }
    }

    /// By the token's id.
    private(set) var widened: [String: Difference] = [:]
    private(set) var narrowed: [String: Difference] = [:]
    /// Providers, by name in the head, that somebody may do more with because they moved.
    private(set) var widenedByMove: Set<String> = []

    /// A provider that both sides have.
    struct Provider {
        var before: (project: String, handle: String)
        var after: (project: String, handle: String)

        var isMoved: Bool { before != after }
    }

    /// Compares what tokens may do with the providers of both sides: with those that moved, and where the token's own
    /// rights are others, with all of them.
    init(base: Access?, head: Access?, moved: [Provider], all: () -> [Provider]) {
        // Without the section everybody may see everything, and there is nothing to widen.
        guard let base, let head else { return }
        let before = Dictionary(base.tokens.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(head.tokens.map { ($0.id, $0) }) { first, _ in first }
        var providers: [Provider]?
        for id in Set(before.keys).union(after.keys) {
            let grants = (
                before[id].map { TokenGrants($0, policies: base.policies) },
                after[id].map { TokenGrants($0, policies: head.policies) }
            )
            guard grants.0 != grants.1 else {
                compare(id.description, grants.0, grants.1, moved)
                continue
            }
            let everyone = providers ?? all()
            providers = everyone
            compare(id.description, grants.0, grants.1, everyone)
        }
        for id in widened.keys { widened[id]?.providers.sort { $0.precedesInBytes($1) } }
        for id in narrowed.keys { narrowed[id]?.providers.sort { $0.precedesInBytes($1) } }
    }

    private mutating func compare(
        _ id: String,
        _ before: TokenGrants?,
        _ after: TokenGrants?,
        _ providers: [Provider]
    ) {
        var (wider, narrower) = (Difference(), Difference())
        let days = (Self.days(before), Self.days(after))
        for provider in providers {
            let name = provider.after.project + "/" + provider.after.handle
            let (old, new) = (provider.before, provider.after)
            let was = before?.grants.rights(project: old.project, handle: old.handle) ?? []
            let now = after?.grants.rights(project: new.project, handle: new.handle) ?? []
            let (added, taken, both) = (now.subtracting(was), was.subtracting(now), now.intersection(was))
            wider.add(name, added, isOfTime: false)
            narrower.add(name, taken, isOfTime: false)
            if added.isEmpty, days.1 > days.0 { wider.add(name, both, isOfTime: true) }
            if taken.isEmpty, days.0 > days.1 { narrower.add(name, both, isOfTime: true) }
            if provider.isMoved, !added.isEmpty { widenedByMove.insert(name) }
        }
        if !wider.isEmpty { widened[id] = wider }
        if !narrower.isEmpty { narrowed[id] = narrower }
    }

    /// The last valid day as it compares; a token without one outlives every other.
    private static func days(_ grants: TokenGrants?) -> Int64 {
        grants?.expires.map { Int64($0.daysSince1970) } ?? .max
    }
}
