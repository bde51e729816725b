import RosterBackend
import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterGit
import RosterModel
import RosterSemantics
import RosterSources
import SealedBoxes

/// Compares two sides of a repository.
package struct ReviewSession: Sendable {
    /// The repository that is reviewed.
    package let repository: ReviewedRepository
    var git: GitRepository { repository.git }
    private let progress: @Sendable (_ done: Int, _ count: Int) -> Void
    private let retain: @Sendable (any Sendable) -> Void

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - progress: called with the number of files that were read, and of all files.
    ///   - retain: keeps what was read from being freed while the process ends.
    package init(
        _ repository: ReviewedRepository,
        progress: @escaping @Sendable (_ done: Int, _ count: Int) -> Void,
        retain: @escaping @Sendable (any Sendable) -> Void
    ) {
        (self.repository, self.progress, self.retain) = (repository, progress, retain)
    }

    /// Returns the review of two sides.
    ///
    /// With `wantsDigests`, the digests of the registries that they compile to are computed where every file is read anyway.
    package func review(_ sides: ComparedSides, wantsDigests: Bool, wantsLinks: Bool) async throws -> Review {
        let reader = ReviewReader(
            compiler: repository.compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: wantsLinks,
            progress: progress
        )
        var read: [ReadSides] = []
        let head = try await sides.head.source(in: repository)
        for base in sides.bases { read.append(try await self.read(base, head, reader)) }
        let tip = try await self.tip(sides, read, reader)
        var notes: [String] = []
        let former = try await formerSecrets(sides, read, &notes)
        let isNewRegistry = try await isNewRegistry(sides, read, former)
        var comparisons: [Comparison] = []
        var guarded: [GuardedFile] = []
        for side in read {
            let found = try await guardedFiles(sides).differences(base: side.tops.base, head: side.tops.head)
            guarded += found.files
            comparisons.append(
                Comparison(
                    base: side.base,
                    head: side.head,
                    tip: tip,
                    guarded: found,
                    returnedSecrets: former.ids,
                    isHistoryComplete: former.isComplete,
                    isNewRegistry: isNewRegistry
                )
            )
        }
        let deciding = try await (sides.tip ?? sides.bases[0]).source(in: repository)
        let changes = try await OwnersSource.read(from: deciding.top)
            .naming(MergeBaseRows.join(comparisons.map { $0.changes() }), pathPrefix: repository.pathPrefix)
        notes += self.notes(sides, tip: tip, isNewRegistry: isNewRegistry, changes)
        let wantsDigests = wantsDigests && read.allSatisfy(\.isComplete)
        let review = Review(
            comparison: sides.comparison,
            base: try await side(sides.bases[0], read[0].base, wantsDigest: wantsDigests),
            head: try await side(sides.head, read[0].head, wantsDigest: wantsDigests),
            mergeBases: sides.comparison == .mergeBase ? sides.bases.compactMap(\.commit) : [],
            tip: sides.tip?.commit,
            newErrors: read.map { $0.head.errorCount(notIn: $0.base) }.max() ?? 0,
            changes: changes,
            links: wantsLinks ? MergeBaseRows.links(comparisons.map { $0.links(of: changes) }) : [],
            notes: notes,
            sides: try await identities(sides, read, guarded)
        )
        retain(read)
        return review
    }

    /// Returns the identities of everything that is compared; nil when a file that is in no commit cannot be read.
    private func identities(
        _ sides: ComparedSides,
        _ read: [ReadSides],
        _ guarded: [GuardedFile]
    ) async throws -> [SideIdentity]? {
        let contents: [String: String]
        if sides.head.identity == nil {
            guard let found = try await GuardedFiles.contents(of: guarded, in: read[0].tops.head) else { return nil }
            contents = found
        } else {
            contents = [:]
        }
        let bases = zip(sides.bases, read).map { $0.identity ?? .files($1.base, guarded: [:]) }
        let head = sides.head.identity ?? .files(read[0].head, guarded: contents)
        return bases + [head] + (sides.tip.map { [$0.identity ?? .nothing] } ?? [])
    }

    /// The contents of a base and the head.
    private struct ReadSides {
        var base: ReviewedTree
        var head: ReviewedTree
        var tops: (base: (any SourceTree)?, head: (any SourceTree)?)
        /// A Boolean value that indicates whether every file was read.
        var isComplete: Bool
    }

    private func read(_ base: RevisionSide, _ head: ReviewSource, _ reader: ReviewReader) async throws -> ReadSides {
        let base = try await base.source(in: repository)
        let read = try await reader.read(base: base, head: head)
        return ReadSides(base: read.base, head: read.head, tops: (base.top, head.top), isComplete: read.isComplete)
    }

    /// Returns the keys, the access and the changed secrets of the tip of the base; nil when the base itself decides.
    private func tip(_ sides: ComparedSides, _ read: [ReadSides], _ reader: ReviewReader) async throws -> ReviewedTree?
    {
        guard let tip = sides.tip else { return nil }
        let secrets = read.map { Comparison.changedSecretPaths(base: $0.base, head: $0.head) }
        return try await reader.read(
            try await tip.source(in: repository),
            records: secrets.reduce(into: []) { $0.formUnion($1) }
        )
    }

    /// Returns whether this is the first registry: neither a base nor its tip has any part of one, and the history has none
    /// of the added secrets.
    private func isNewRegistry(
        _ sides: ComparedSides,
        _ read: [ReadSides],
        _ former: FormerSecrets
    ) async throws -> Bool {
        guard read.allSatisfy({ $0.base.records.files.isEmpty }), former.ids.isEmpty, former.isComplete else {
            return false
        }
        for side in sides.bases + (sides.tip.map { [$0] } ?? []) {
            let source = try await side.source(in: repository)
            guard try await !ReviewReader.holdsRegistry(source) else { return false }
        }
        return true
    }

    /// Returns the notes on how the comparison was made.
    private func notes(
        _ sides: ComparedSides,
        tip: ReviewedTree?,
        isNewRegistry: Bool,
        _ changes: [Change]
    ) -> [String] {
        var notes: [String] = []
        if let tip, sides.tip?.commit != nil {
            notes.append(
                tip.isRosterWhole
                    ? "keys and access are compared with the tip of the target branch"
                    : "\(repository.pathPrefix)roster.yaml at the tip of the target branch has errors, so keys and access are "
                        + "compared with the merge base"
            )
        }
        if isNewRegistry, changes.contains(where: { $0.risk == .high }) {
            notes.append("the base has no registry yet, so there is no key to redirect: no risk is above high")
        }
        return notes
    }

    /// Returns the search for guarded files, which omits files of the working tree that git ignores.
    private func guardedFiles(_ sides: ComparedSides) -> GuardedFiles {
        guard case .workingTree = sides.head else { return GuardedFiles(pathPrefix: repository.pathPrefix) }
        return GuardedFiles(pathPrefix: repository.pathPrefix) { [git] in try await git.ignored($0) }
    }

    /// Returns the rows between two sides alone; of revisions only changed files are read.
    ///
    /// With the path of a provider's file, relative to git's top level, rows of other providers may be missing or wrong.
    package func changes(
        from base: RevisionSide,
        to head: RevisionSide,
        completeLimit: Int,
        of provider: String? = nil
    ) async throws -> [Change] {
        let reader = ReviewReader(
            compiler: repository.compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: false,
            completeLimit: completeLimit,
            provider: provider.map { String($0.dropFirst(repository.pathPrefix.count)) }
        )
        do {
            let read = try await reader.read(
                base: try await base.source(in: repository),
                head: try await head.source(in: repository)
            )
            return Comparison(base: read.base, head: read.head).changes()
        } catch RepositoryError.noRoster {
            return []
        }
    }

    /// Returns the added secrets that the history of the target branch had before.
    private func formerSecrets(
        _ sides: ComparedSides,
        _ read: [ReadSides],
        _ notes: inout [String]
    ) async throws -> FormerSecrets {
        let added = read.map { Comparison.addedSecrets(base: $0.base, head: $0.head) }
            .reduce(into: Set<String>()) { $0.formUnion($1) }
        guard !added.isEmpty else { return FormerSecrets() }
        guard let commit = (sides.tip ?? sides.bases[0]).commit else {
            // An empty base has no former secrets; a tree without a commit has no history.
            return FormerSecrets(isComplete: read[0].base.records.files.isEmpty)
        }
        let former = try await git.formerSecrets(added, before: commit)
        if !former.isComplete {
            notes.append(
                "the history is not complete here, so an added secret may have been in it before: "
                    + "git fetch --unshallow"
            )
        }
        return former
    }

    private func side(_ side: RevisionSide, _ tree: ReviewedTree, wantsDigest: Bool) async throws -> Review.Side {
        Review.Side(
            commit: side.commit,
            digest: wantsDigest ? try await digest(side, tree) : nil,
            diagnostics: tree.diagnostics,
            errors: tree.errors
        )
    }

    /// Returns the digest of the registry that a side compiles to; nil when it has errors or its history is not complete.
    private func digest(_ side: RevisionSide, _ tree: ReviewedTree) async throws -> String? {
        guard let checked = tree.checked, !checked.hasErrors else { return nil }
        guard let history = try await repository.datesOfFiles(checked, side),
            let registry = checked.registry(history: history)
        else { return nil }
        return "sha256:" + Digest.sha256(of: RegistryEncoder.encode(registry).span).hex
    }
}
