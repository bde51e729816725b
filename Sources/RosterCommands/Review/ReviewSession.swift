import RosterCompiler
import RosterDiagnostics
import RosterGit
import RosterModel
import RosterReview
import SealedBoxes

/// Compares two sides of a repository.
struct ReviewSession {
    let repository: Repository
    let git: GitRepository
    let context: CommandContext
    private let isQuiet: Bool

    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context, needsRoster: false)
        guard var git = try await repository.git(context) else {
            throw CommandFailure.impossible(
                "\(repository.root) is in no git repository, so there is nothing to compare with",
                help: "make it one: git init"
            )
        }
        git.keepProcesses()
        (self.git, self.context, isQuiet) = (git, context, globals.quiet)
    }

    /// What is to be compared: base, head, and what keys and access are held against (nil: the base).
    typealias Sides = (base: RevisionSide, head: RevisionSide, trust: RevisionSide?)

    /// The sides that the user named, or else where the branch left its upstream, and the working tree.
    func sides(base: String?, head: String?) async throws -> Sides {
        if let base, let head {
            async let first = side(base)
            async let second = side(head)
            return (try await first, try await second, nil)
        }
        let headSide = RevisionSide.workingTree
        if let base { return (try await side(base), headSide, nil) }
        let candidates = [try await git.upstream(), "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]
        for name in candidates.compactMap(\.self) {
            guard let tip = try await git.commit(ofRef: name) else { continue }
            guard let own = try await git.head() else { return (try await side(tip), headSide, nil) }
            guard let base = try await git.mergeBase(own, tip) else {
                throw CommandFailure.impossible(
                    "the histories of HEAD and \(name) do not meet in this clone",
                    help: "fetch more of them: git fetch --unshallow, or name the base: roster diff \(name)"
                )
            }
            return (try await side(base), headSide, base == tip ? nil : try await side(tip))
        }
        throw CommandFailure.impossible(
            "there is no upstream, no origin/HEAD and no origin/main to compare with",
            help: "name the base: roster diff HEAD"
        )
    }

    private func side(_ name: String) async throws -> RevisionSide { try await RevisionSide.named(name, in: git) }

    /// The review of two sides; with `wantsDigests`, what they compile to is worked out where every file is read anyway.
    func review(_ sides: Sides, wantsDigests: Bool, wantsLinks: Bool) async throws -> Review {
        let (base, head) = (
            try await sides.base.source(in: repository, git), try await sides.head.source(in: repository, git)
        )
        let compiler = Compiler(
            Compiler.Options(today: context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let progress = ProgressLine(verb: "comparing", isQuiet: isQuiet, context)
        let reader = ReviewReader(
            compiler: compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: wantsLinks,
            progress: progress.show
        )
        let read = try await reader.read(base: base, head: head)
        progress.clear()
        var trust: ReviewedTree?
        if let side = sides.trust { trust = try await reader.readRoster(try await side.source(in: repository, git)) }
        let guarded = try await guardedFiles(sides).differences(base: base.top, head: head.top)
        var notes: [String] = []
        let former = try await formerSecrets(sides, read.base, read.head, &notes)
        let comparison = Comparison(
            base: read.base,
            head: read.head,
            trust: trust,
            guarded: guarded,
            returnedSecrets: former.ids,
            isHistoryComplete: former.isComplete
        )
        if case .revision(let name, _, _)? = sides.trust {
            notes.append("keys and access are held against \(name.prefix(12)), the tip of the target branch")
        }
        let tip = try await (sides.trust ?? sides.base).source(in: repository, git)
        let changes = try await OwnersSource.read(from: tip.top)
            .naming(comparison.changes(), pathPrefix: repository.pathPrefix)
        let review = Review(
            base: try await side(sides.base, read.base, wantsDigest: wantsDigests && read.isComplete),
            head: try await side(sides.head, read.head, wantsDigest: wantsDigests && read.isComplete),
            newErrors: read.head.errorCount(notIn: read.base),
            changes: changes,
            links: wantsLinks ? comparison.links(of: changes) : [],
            notes: notes,
            sides: try await identities(sides, read.base, read.head, guarded.files, head)
        )
        ProcessLifetime.keep((read.base, read.head))
        return review
    }

    /// Returns the identities of everything that is compared; nil when a file that is in no commit cannot be read.
    private func identities(
        _ sides: Sides,
        _ base: ReviewedTree,
        _ head: ReviewedTree,
        _ guarded: [GuardedFile],
        _ source: ReviewSource
    ) async throws -> [SideIdentity]? {
        let contents: [String: String]
        if sides.head.identity == nil {
            guard let found = try await GuardedFiles.contents(of: guarded, in: source.top) else { return nil }
            contents = found
        } else {
            contents = [:]
        }
        let trust = sides.trust.map { [$0.identity ?? .nothing] } ?? []
        return [
            sides.base.identity ?? .files(base, guarded: [:]), sides.head.identity ?? .files(head, guarded: contents),
        ] + trust
    }

    /// The search for guarded files; what git ignores in the working tree is not part of any commit.
    private func guardedFiles(_ sides: Sides) -> GuardedFiles {
        guard case .workingTree = sides.head else { return GuardedFiles(pathPrefix: repository.pathPrefix) }
        return GuardedFiles(pathPrefix: repository.pathPrefix) { [git] in try await git.ignored($0) }
    }

    /// The rows between two sides alone: of revisions only what changed is read.
    func changes(_ sides: Sides, completeLimit: Int) async throws -> [Change] {
        let compiler = Compiler(
            Compiler.Options(today: context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let reader = ReviewReader(
            compiler: compiler,
            pathPrefix: repository.pathPrefix,
            wantsLinks: false,
            completeLimit: completeLimit
        )
        do {
            let read = try await reader.read(
                base: try await sides.base.source(in: repository, git),
                head: try await sides.head.source(in: repository, git)
            )
            return Comparison(base: read.base, head: read.head).changes()
        } catch CompilerError.noRoster {
            return []
        }
    }

    /// Runs what asks git, and says in the program's words why it could not answer.
    func reporting<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as GitError {
            throw CommandFailure(error, in: repository)
        } catch CompilerError.noRoster {
            throw CommandFailure.impossible("neither side has a \(repository.pathPrefix)roster.yaml")
        } catch CompilerError.unreadableRepository(let failure) {
            throw CommandFailure.impossible("a side cannot be read: \(failure.reason)")
        }
    }

    /// What the history of the target branch holds of the secrets that are added.
    private func formerSecrets(
        _ sides: Sides,
        _ base: ReviewedTree,
        _ head: ReviewedTree,
        _ notes: inout [String]
    ) async throws -> FormerSecrets {
        let added = Comparison.addedSecrets(base: base, head: head)
        guard !added.isEmpty else { return FormerSecrets() }
        guard let commit = (sides.trust ?? sides.base).commit else {
            // Where there was nothing, nothing can return; a tree by itself has no history to ask.
            return FormerSecrets(isComplete: base.records.files.isEmpty)
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
        let source: Source
        switch side {
        case .workingTree: source = .workingTree
        case .revision(let name, let commit?, _): source = .revision(name: name, commit: commit, git)
        case .revision(_, nil, _), .nothing: return nil
        }
        guard let history = try await repository.historyIfComplete(of: checked, source, context),
            let registry = checked.registry(history: history)
        else { return nil }
        return "sha256:" + Digest.sha256(of: RegistryEncoder.encode(registry).span).hex
    }
}
