import RosterCompiler
import RosterModel

/// Compares two sides of a repository, record by record.
package struct Comparison {
    let context: ReviewContext
    private let guarded: [GuardedFile]
    private let gaps: [SearchGap]
    private let providerPairs: [ProviderPair]
    private let secretPairs: [SecretPair]

    /// Takes two sides that were read, and what else is known of them.
    ///
    /// - Parameters:
    ///   - base: what there was.
    ///   - head: what there is to be.
    ///   - trust: what keys and access are held against; the base when nil.
    ///   - guarded: files that decide how changes are reviewed and differ, and where the search for them ended early.
    ///   - returnedSecrets: ids of added secrets that stood in the base's history; nil when nobody can say.
    package init(
        base: ReviewedTree,
        head: ReviewedTree,
        trust: ReviewedTree? = nil,
        guarded: GuardedFiles.Differences = GuardedFiles.Differences(),
        returnedSecrets: Set<String>? = []
    ) {
        let trust = trust ?? base
        self.guarded = guarded.files
        gaps = guarded.gaps + SearchGap.gaps(base: base, head: head)
        providerPairs = Matching.pairs(base.providersByID, head.providersByID) { isHead, position in
            let side = isHead ? head : base
            return side.file(of: side.records.providers[position]).path
        }.map { before, after in
            ProviderPair(
                before.map { base.records.providers[$0] }.map { ReviewedProvider(record: $0, file: base.file(of: $0)) },
                after.map { head.records.providers[$0] }.map { ReviewedProvider(record: $0, file: head.file(of: $0)) }
            )
        }
        secretPairs = Matching.pairs(base.secretsByID, head.secretsByID) { isHead, position in
            let side = isHead ? head : base
            return side.file(of: side.records.secrets[position]).path
        }.map { before, after in
            SecretPair(
                before.map { base.records.secrets[$0] }.map { ReviewedSecret(record: $0, file: base.file(of: $0)) },
                after.map { head.records.secrets[$0] }.map { ReviewedSecret(record: $0, file: head.file(of: $0)) }
            )
        }
        context = ReviewContext(
            base: base,
            head: head,
            trust: trust,
            access: AccessComparison(
                base: trust.records.access,
                head: head.records.access,
                moved: Self.providersOfBoth(providerPairs).filter(\.isMoved),
                all: { [providerPairs] in Self.providersOfBoth(providerPairs) + Self.unreadProviders(base, head) }
            ),
            returnedSecrets: returnedSecrets
        )
    }

    /// Ids of secrets that the base does not have, for asking its history.
    package static func addedSecrets(base: ReviewedTree, head: ReviewedTree) -> Set<String> {
        Set(head.secretsByID.keys).subtracting(base.secretsByID.keys)
    }

    /// The rows, the gravest first, with keys hidden.
    package func changes() -> [Change] {
        var rows = providerPairs.compactMap(providerRow) + secretPairs.compactMap(secretRow)
        rows += RosterRows(context).rows
        rows += gaps.map { $0.row }
        rows += brokenRows(beside: rows)
        rows += guarded.map { $0.row }
        if let row = sizeRow(rows) { rows.append(row) }
        return rows.map(Masking.mask).sorted(by: Change.isOrderedBefore)
    }

    /// Which providers of the head link secrets that changed.
    package func links(of changes: [Change]) -> [Review.SecretLinks] {
        let changed = Set(changes.filter { $0.kind == .secret }.compactMap(\.id))
        return secretPairs.compactMap { pair in
            guard let secret = pair.after, changed.contains(secret.record.id) else { return nil }
            let providers = context.head.records.providers.filter { $0.secretID == secret.record.id }
            return Review.SecretLinks(
                secret: secret.file.fullName,
                providers: providers.map { context.head.file(of: $0).fullName }.sorted { $0.precedesInBytes($1) }
            )
        }.sorted { $0.secret.precedesInBytes($1.secret) }
    }

    /// Providers that were read on both sides.
    private static func providersOfBoth(_ pairs: [ProviderPair]) -> [AccessComparison.Provider] {
        func place(_ file: ReadRecords.File) -> (project: String, handle: String) { (file.project, file.handle) }
        return pairs.compactMap(\.both).map {
            AccessComparison.Provider(before: place($0.before.file), after: place($0.after.file))
        }
    }

    /// Providers that nobody needed to read, because their files are the same byte for byte.
    private static func unreadProviders(
        _ base: ReviewedTree,
        _ head: ReviewedTree
    ) -> [AccessComparison.Provider] {
        guard head.checked != nil else { return [] }
        return (base.checked?.unreadProviders ?? []).map { AccessComparison.Provider(before: $0, after: $0) }
    }
}
