import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterGit
import RosterModel
import RosterReview
import RosterSources
import SealedBoxes
import RosterWorkspace

/// Compares two sides of a repository.
struct ReviewSession {
    let repository: Repository
    let git: GitRepository
    let context: CommandContext
    private let isQuiet: Bool

    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context, needsRoster: false)
        guard var git = try await repository.git() else {
            throw CommandFailure.impossible(
                "\(repository.root) is in no git repository, so there is nothing to compare with",
                help: "make it one: git init"
            )
        }
        git.keepProcesses()
        (self.git, self.context, isQuiet) = (git, context, globals.quiet)
    }

    /// Returns the review of two sides.
    ///
    /// With `wantsDigests`, the digests of the registries that they compile to are computed where every file is read anyway.
    func review(_ sides: ComparedSides, wantsDigests: Bool, wantsLinks: Bool) async throws -> Review {
        let compiler = repository.compiler(today: context.today)
        let progress = ProgressLine(verb: "comparing", isQuiet: isQuiet, context)
        let reader = ReviewReader(
            compiler: compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: wantsLinks,
            progress: progress.show
        )
        var read: [ReadSides] = []
        let head = try await sides.head.source(in: repository, git)
        for base in sides.bases { read.append(try await self.read(base, head, reader)) }
        progress.clear()
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
        let deciding = try await (sides.tip ?? sides.bases[0]).source(in: repository, git)
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
        context.process.retain(read)
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

    /// A base and the head, as they were read.
    private struct ReadSides {
        var base: ReviewedTree
        var head: ReviewedTree
        var tops: (base: (any SourceTree)?, head: (any SourceTree)?)
        /// Whether every file was read.
        var isComplete: Bool
    }

    private func read(_ base: RevisionSide, _ head: ReviewSource, _ reader: ReviewReader) async throws -> ReadSides {
        let base = try await base.source(in: repository, git)
        let read = try await reader.read(base: base, head: head)
        return ReadSides(base: read.base, head: read.head, tops: (base.top, head.top), isComplete: read.isComplete)
    }

    /// What the tip of the base has of keys, access and the secrets that changed; nil when the base itself decides.
    private func tip(_ sides: ComparedSides, _ read: [ReadSides], _ reader: ReviewReader) async throws -> ReviewedTree?
    {
        guard let tip = sides.tip else { return nil }
        let secrets = read.map { Comparison.changedSecretPaths(base: $0.base, head: $0.head) }
        return try await reader.read(
            try await tip.source(in: repository, git),
            records: secrets.reduce(into: []) { $0.formUnion($1) }
        )
    }

    /// Returns true before the first registry: neither a base nor its tip has any part of one, and no added secret is
    /// known from elsewhere in the history.
    private func isNewRegistry(
        _ sides: ComparedSides,
        _ read: [ReadSides],
        _ former: FormerSecrets
    ) async throws -> Bool {
        guard read.allSatisfy({ $0.base.records.files.isEmpty }), former.ids.isEmpty, former.isComplete else {
            return false
        }
        for side in sides.bases + (sides.tip.map { [$0] } ?? []) {
            let source = try await side.source(in: repository, git)
            guard try await !ReviewReader.holdsRegistry(source) else { return false }
        }
        return true
    }

    /// What a reader should know of how the comparison was made.
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

    /// The search for guarded files; what git ignores in the working tree is not part of any commit.
    private func guardedFiles(_ sides: ComparedSides) -> GuardedFiles {
        guard case .workingTree = sides.head else { return GuardedFiles(pathPrefix: repository.pathPrefix) }
        return GuardedFiles(pathPrefix: repository.pathPrefix) { [git] in try await git.ignored($0) }
    }

    /// The rows between two sides alone: of revisions only what changed is read.
    func changes(from base: RevisionSide, to head: RevisionSide, completeLimit: Int) async throws -> [Change] {
        let compiler = repository.compiler(today: context.today)
        let reader = ReviewReader(
            compiler: compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: false,
            completeLimit: completeLimit
        )
        do {
            let read = try await reader.read(
                base: try await base.source(in: repository, git),
                head: try await head.source(in: repository, git)
            )
            return Comparison(base: read.base, head: read.head).changes()
        } catch RepositoryError.noRoster {
            return []
        }
    }

    /// Runs what asks git, and says in the program's words why it could not answer.
    func reporting<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: repository)
        } catch RepositoryError.noRoster {
            throw CommandFailure.impossible("neither side has a \(repository.pathPrefix)roster.yaml")
        } catch RepositoryError.unreadableRepository(let failure) {
            throw CommandFailure.impossible("a side cannot be read: \(failure.reason)")
        }
    }

    /// Returns what the history of the target branch has of the secrets that are added.
    private func formerSecrets(
        _ sides: ComparedSides,
        _ read: [ReadSides],
        _ notes: inout [String]
    ) async throws -> FormerSecrets {
        let added = read.map { Comparison.addedSecrets(base: $0.base, head: $0.head) }
            .reduce(into: Set<String>()) { $0.formUnion($1) }
        guard !added.isEmpty else { return FormerSecrets() }
        guard let commit = (sides.tip ?? sides.bases[0]).commit else {
            // Where there was nothing, nothing can return; a tree by itself has no history to ask.
            return FormerSecrets(isComplete: read[0].base.records.files.isEmpty)
        }
        let former = try await git.formerSecrets(added, before: commit)
        if !former.isComplete {
            notes.append(
                "the history is not complete here, so it cannot be told whether an added secret was in it before: "
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

    /// The digest of the registry that a side compiles to; nil when it does not, or its history is not here.
    private func digest(_ side: RevisionSide, _ tree: ReviewedTree) async throws -> String? {
        guard let checked = tree.checked, !checked.hasErrors else { return nil }
        let source: RepositorySource
        switch side {
        case .workingTree: source = .workingTree
        case .revision(let name, let commit?, _): source = .revision(name: name, commit: commit, git)
        // Nothing in the index has a date yet.
        case .revision(_, nil, _), .nothing, .index: return nil
        }
        guard let history = try await repository.historyIfComplete(of: checked, source),
            let registry = checked.registry(history: history)
        else { return nil }
        return "sha256:" + Digest.sha256(of: RegistryEncoder.encode(registry).span).hex
    }
}
