import RosterCompiler
import RosterModel

/// Keys and access of the target branch: as its tip has them, and as it would have them after the head is merged.
///
/// The merge is one of records, each by its id or name. A record that the head has not changed since the merge base is
/// the tip's afterwards: a key that only the tip has is not deleted, and a token that the tip has revoked stays revoked.
/// Any other record is the head's, and is compared with the tip's.
struct MergedTrust {
    /// What decides who can open secrets and who can read the registry.
    struct State {
        var sealingKeys: [RepositorySurvey.SealingKey]
        var access: Access?
        /// Whether there is a registry at all.
        var hasRegistry: Bool

        init(_ tree: ReviewedTree) {
            sealingKeys = tree.records.sealingKeys
            access = tree.records.access
            hasRegistry = !tree.records.files.isEmpty
        }
    }

    let before: State
    private(set) var after: State

    /// Compares the head with the tip of the base, or with the base itself where `tip` is nil.
    init(base: ReviewedTree, tip: ReviewedTree?, head: ReviewedTree) {
        before = State(tip ?? base)
        after = State(head)
        guard tip != nil else { return }
        let base = State(base)
        after.sealingKeys = Self.merge(base.sealingKeys, before.sealingKeys, after.sealingKeys, by: \.id)
        after.access = Self.access(base.access, before.access, after.access)
    }

    private static func access(_ base: Access?, _ tip: Access?, _ head: Access?) -> Access? {
        // The section is a record of its own: without it every client can read.
        guard let head else { return base == nil ? tip : nil }
        if tip == nil, base == head { return nil }
        // The head has emptied the section, whatever the tip has added to it.
        if let base, !base.isEmpty, head.isEmpty { return head }
        return Access(
            policies: merge(base?.policies ?? [], tip?.policies ?? [], head.policies, by: \.name),
            tokens: merge(base?.tokens ?? [], tip?.tokens ?? [], head.tokens, by: \.id)
        )
    }

    /// Merges records, those of the head in their order and then what only the tip has added.
    private static func merge<Record: Equatable, ID: Hashable>(
        _ base: [Record],
        _ tip: [Record],
        _ head: [Record],
        by id: KeyPath<Record, ID>
    ) -> [Record] {
        func table(_ records: [Record]) -> [ID: Record] {
            Dictionary(records.map { ($0[keyPath: id], $0) }) { first, _ in first }
        }
        let (before, target, after) = (table(base), table(tip), table(head))
        let kept = head.compactMap { record in
            before[record[keyPath: id]] == record ? target[record[keyPath: id]] : record
        }
        return kept + tip.filter { after[$0[keyPath: id]] == nil && before[$0[keyPath: id]] == nil }
    }
}

extension Access {
    /// Whether the section has neither policies nor tokens.
    var isEmpty: Bool { policies.isEmpty && tokens.isEmpty }
}
