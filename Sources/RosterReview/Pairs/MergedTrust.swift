import RosterCompiler
import RosterFrontend
import RosterModel
import RosterSemantics
import RosterSources

/// The keys and access of the target branch: at its tip, and after the head is merged.
///
/// The merge works on records, by id or name. A record that the head has not changed since the merge base is the tip's
/// after the merge: a key that only the tip has is not deleted, and a token that the tip has revoked stays revoked.
/// Every other record is the head's, and is compared with the tip's. A record that the head has moved also counts as
/// changed, since a merge of lines then restores deleted lines.
struct MergedTrust {
    /// The records that control who can open secrets and read the registry.
    struct State {
        var sealingKeys: [PartialRegistry.SealingKey]
        var access: Access?
        /// A Boolean value that indicates whether there is a registry.
        var hasRegistry: Bool

        init(_ tree: ReviewedTree) {
            sealingKeys = tree.records.sealingKeys
            access = tree.records.access
            hasRegistry = !tree.records.files.isEmpty
        }
    }

    let before: State
    private(set) var after: State

    /// Compares the head with the tip of the base, or with the base itself if `tip` is nil.
    init(base: ReviewedTree, tip: ReviewedTree?, head: ReviewedTree) {
        before = State(tip ?? base)
        after = State(head)
        guard tip != nil else { return }
        let places = Places(base, head)
        let base = State(base)
        after.sealingKeys = Self.merge(base.sealingKeys, before.sealingKeys, after.sealingKeys, by: \.id) { key in
            places.keeps([.key("sealingKeys"), .element("id", key.id.description), .key("id")])
        }
        after.access = Self.access(base.access, before.access, after.access, places)
    }

    /// The positions of the base's records in the head.
    private struct Places {
        /// The kept lines and their fields; nil for a file that the head has not changed.
        private var lines: (kept: KeptLines, places: FieldPlaces)?

        init(_ base: ReviewedTree, _ head: ReviewedTree) {
            let name = RepositoryLayout.rosterFile
            guard let before = base.file(name), let after = head.file(name), !before.hasSameContents(as: after) else {
                return
            }
            lines = (KeptLines(base: before.bytes, head: after.bytes), FieldPlaces(after.bytes))
        }

        /// Returns whether a merge finds the record at its position, and so applies the tip's change to it.
        func keeps(_ way: [FieldPlaces.Step]) -> Bool {
            lines.map { $0.kept.contains($0.places.line(of: way)) } ?? true
        }
    }

    private static func access(_ base: Access?, _ tip: Access?, _ head: Access?, _ places: Places) -> Access? {
        // The section is one record: without it every client can read.
        guard let head else { return base == nil ? tip : nil }
        if tip == nil, base == head { return nil }
        // The head has emptied the section, regardless of what the tip added to it.
        if let base, !base.isEmpty, head.isEmpty { return head }
        return Access(
            policies: merge(base?.policies ?? [], tip?.policies ?? [], head.policies, by: \.name) { policy in
                places.keeps([.key("access"), .key("policies"), .key(policy.name)])
            },
            tokens: merge(base?.tokens ?? [], tip?.tokens ?? [], head.tokens, by: \.id) { token in
                places.keeps([.key("access"), .key("tokens"), .element("id", token.id.description), .key("id")])
            }
        )
    }

    /// Merges records: those of the head in their order, then those that only the tip has added.
    private static func merge<Record: Equatable, ID: Hashable>(
        _ base: [Record],
        _ tip: [Record],
        _ head: [Record],
        by id: KeyPath<Record, ID>,
        isKept: (Record) -> Bool
    ) -> [Record] {
        func table(_ records: [Record]) -> [ID: Record] {
            Dictionary(records.map { ($0[keyPath: id], $0) }) { first, _ in first }
        }
        let (before, target, after) = (table(base), table(tip), table(head))
        let kept = head.compactMap { record in
            let latest = target[record[keyPath: id]]
            guard before[record[keyPath: id]] == record, latest != record, isKept(record) else {
                return Record?.some(record)
            }
            return latest
        }
        return kept + tip.filter { after[$0[keyPath: id]] == nil && before[$0[keyPath: id]] == nil }
    }
}

extension Access {
    /// A Boolean value that indicates whether the section has neither policies nor tokens.
    var isEmpty: Bool { policies.isEmpty && tokens.isEmpty }
}
