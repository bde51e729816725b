import RosterBytes
import RosterCompiler
import RosterModel
import RosterSemantics
import RosterSources

/// Compares two sides of a repository, record by record.
package struct Comparison {
    let context: ReviewContext
    /// A Boolean value that indicates whether the base has no registry yet.
    private let isNewRegistry: Bool
    private let guarded: [GuardedFile]
    private let gaps: [SearchGap]
    private let providerPairs: [ProviderPair]
    private let secretPairs: [SecretPair]

    /// Creates a comparison of two sides.
    ///
    /// - Parameters:
    ///   - base: the base, or one of several merge bases.
    ///   - head: the head.
    ///   - tip: the tip of the branch that the base was taken from, which keys and access are compared with; nil for the
    ///     base itself.
    ///   - guarded: the changed files that decide how changes are reviewed, and the gaps of the search for them.
    ///   - returnedSecrets: ids of added secrets that are in the base's history.
    ///   - isHistoryComplete: whether all of that history was searched.
    ///   - isNewRegistry: whether neither the base nor its tip has any part of a registry, so that there is no key that
    ///     could be redirected. No risk is above high then.
    package init(
        base: ReviewedTree,
        head: ReviewedTree,
        tip: ReviewedTree? = nil,
        guarded: GuardedFiles.Differences = GuardedFiles.Differences(),
        returnedSecrets: Set<String> = [],
        isHistoryComplete: Bool = true,
        isNewRegistry: Bool = false
    ) {
        self.isNewRegistry = isNewRegistry
        // The merge base decides when a file cannot be read.
        let tip = tip?.isRosterWhole == true ? tip : nil
        let trust = MergedTrust(base: base, tip: tip, head: head)
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
        secretPairs = Self.secretPairs(base, head)
        context = ReviewContext(
            base: base,
            head: head,
            tip: tip,
            trust: trust,
            access: AccessComparison(
                base: trust.before.access,
                head: trust.after.access,
                moved: Self.providersOfBoth(providerPairs).filter(\.isMoved),
                all: { [providerPairs] in
                    Self.providersOfBoth(providerPairs) + Self.unpairedProviders(providerPairs, base, head, tip)
                }
            ),
            secrets: secretPairs,
            returnedSecrets: returnedSecrets,
            isHistoryComplete: isHistoryComplete
        )
    }

    /// Returns the ids of secrets whose file differs from the base's file of that id, to search the base's history for.
    package static func addedSecrets(base: ReviewedTree, head: ReviewedTree) -> Set<String> {
        Set(secretPairs(base, head).filter { $0.before == nil }.compactMap { $0.after?.record.id })
    }

    /// Returns whether both sides have the same file of a secret.
    static func isSameFile(_ pair: SecretPair) -> Bool {
        pair.both.map { $0.before.file.path == $0.after.file.path && $0.before.file.hasSameContents(as: $0.after.file) }
            ?? false
    }

    private static func secretPairs(_ base: ReviewedTree, _ head: ReviewedTree) -> [SecretPair] {
        Matching.pairs(base.secretsByID, head.secretsByID) { isHead, position in
            let side = isHead ? head : base
            return side.file(of: side.records.secrets[position]).path
        }.map { before, after in
            SecretPair(
                before.map { base.records.secrets[$0] }.map { ReviewedSecret(record: $0, file: base.file(of: $0)) },
                after.map { head.records.secrets[$0] }.map { ReviewedSecret(record: $0, file: head.file(of: $0)) }
            )
        }
    }

    /// Returns the rows, the highest risk first, with keys hidden.
    package func changes() -> [Change] {
        var rows = providerPairs.compactMap(providerRow) + secretPairs.compactMap(secretRow)
        rows += RosterRows(context).rows
        rows += (gaps + accessGaps).map { $0.row }
        if let row = modelsRow() { rows.append(row) }
        rows += brokenRows(excluding: rows)
        rows += guarded.map { $0.row }
        rows += errorRows(excluding: rows)
        if let row = sizeRow(rows) { rows.append(row) }
        if isNewRegistry { for index in rows.indices { rows[index].limitRisk(to: .high) } }
        return Masking.mask(rows, context).sorted(by: Change.isOrderedBefore)
    }

    /// The gap for tokens that were not compared, because there are too many combinations of tokens and providers.
    private var accessGaps: [SearchGap] {
        guard !context.access.isComplete else { return [] }
        let limit = "more than \(AccessComparison.stepLimit) combinations of tokens, policies and providers"
        return [SearchGap(path: context.head.pathPrefix + RepositoryLayout.rosterFile, cause: .limit(limit))]
    }

    /// Returns the paths of secrets that differ, on both sides.
    package static func changedSecretPaths(base: ReviewedTree, head: ReviewedTree) -> Set<String> {
        Set(
            secretPairs(base, head).filter { !isSameFile($0) }
                .flatMap { [$0.before?.file.path, $0.after?.file.path].compactMap(\.self) }
        )
    }

    /// Returns the providers of the head that link changed secrets.
    package func links(of changes: [Change]) -> [Review.SecretLinks] {
        let changed = Set(changes.filter { $0.kind == .secret }.compactMap(\.id))
        var users: [String: [String]] = [:]
        for provider in context.head.records.providers {
            guard let id = provider.secretID, changed.contains(id),
                let path = context.head.pathOfSecret(linkedBy: provider)
            else { continue }
            users[path, default: []].append(context.head.file(of: provider).fullName)
        }
        for path in users.keys { users[path]?.sort { $0.precedesInBytes($1) } }
        return secretPairs.compactMap { pair in
            // An unchanged file can have the same id as a changed one.
            guard let secret = pair.after, changed.contains(secret.record.id), !Self.isSameFile(pair) else {
                return nil
            }
            return Review.SecretLinks(secret: secret.file.fullName, providers: users[secret.file.path] ?? [])
        }.sorted { $0.secret.precedesInBytes($1.secret) }
    }

    /// Providers of files that were read on both sides.
    private static func providersOfBoth(_ pairs: [ProviderPair]) -> [AccessComparison.Provider] {
        func place(_ file: PartialRegistry.File) -> (project: String, handle: String) { (file.project, file.handle) }
        return pairs.compactMap(\.both).map {
            AccessComparison.Provider(before: place($0.before.file), after: place($0.after.file))
        }
    }

    /// Providers whose files both sides have without a pair of records: identical files that were not read, files that
    /// one side or both cannot read, and files that only the tip has.
    private static func unpairedProviders(
        _ pairs: [ProviderPair],
        _ base: ReviewedTree,
        _ head: ReviewedTree,
        _ tip: ReviewedTree?
    ) -> [AccessComparison.Provider] {
        let known = Set(pairs.compactMap(\.both).map(\.after.file.fullName))
        let (before, after) = (base.checked?.providerPlaces ?? [], head.checked?.providerPlaces ?? [])
        func names(_ places: [(project: String, handle: String)]) -> Set<String> {
            Set(places.map { $0.project + "/" + $0.handle })
        }
        let inBase = names(before)
        var places = after.filter { inBase.contains($0.project + "/" + $0.handle) }
        if let tip {
            let present = inBase.union(names(after))
            places += (tip.checked?.providerPlaces ?? []).filter { !present.contains($0.project + "/" + $0.handle) }
        }
        return places.filter { !known.contains($0.project + "/" + $0.handle) }
            .map { AccessComparison.Provider(before: $0, after: $0) }
    }
}
