import RosterGit

extension ReviewSession {
    private typealias NamedSide = ComparedSides.NamedSide

    /// Finds the sides that the arguments name; nil without a base in the arguments, when git implies none.
    ///
    /// - Throws: `GitError` or ``ReviewFailure`` when a side is not known, or the merge base cannot be determined.
    package func sides(_ revisions: ComparedRevisions) async throws -> ComparedSides? {
        guard let name = revisions.base else { return try await impliedSides() }
        async let first = RevisionSide.named(name, in: git)
        let head: NamedSide
        switch revisions.head {
        case .workingTree: head = NamedSide(name: "", side: .workingTree)
        case .index: head = NamedSide(name: "", side: try await index())
        case .revision(let name): head = NamedSide(name: name, side: try await RevisionSide.named(name, in: git))
        }
        let base = NamedSide(name: name, side: try await first)
        return try await sides(base, head, isExact: revisions.isExact)
    }

    /// Reads the index that git names to a hook, or else the repository's own.
    private func index() async throws -> RevisionSide {
        guard !git.topLevel.isBare else { throw ReviewFailure.noIndex(in: git) }
        let index = try await git.index(file: repository.indexFile)
        return .index(index.tree, top: index.top)
    }

    /// The branch that the one checked out started from, or the empty tree before the first commit, and the working tree.
    private func impliedSides() async throws -> ComparedSides? {
        let head = NamedSide(name: "", side: .workingTree)
        if let implied = try await git.impliedBase() {
            let side = try await RevisionSide.commit(implied.tip, name: implied.name, in: git)
            return try await sides(NamedSide(name: implied.name, side: side), head, isExact: false)
        }
        guard try await git.head() == nil else { return nil }
        return ComparedSides(exactly: NamedSide(name: "HEAD", side: .nothing), head)
    }

    private func sides(_ base: NamedSide, _ head: NamedSide, isExact: Bool) async throws -> ComparedSides {
        if case .nothing = base.side { return ComparedSides(exactly: base, head) }
        guard !isExact else { return ComparedSides(exactly: base, head) }
        guard let tip = base.side.commit, let heads = try await commits(of: head.side) else {
            return ComparedSides(exactly: base, head, because: "a tree has no history")
        }
        guard !heads.isEmpty, case .mergeBases(let ids) = try await git.relation(of: tip, to: heads) else {
            return ComparedSides(exactly: base, head, because: "they have no commit in common")
        }
        var bases: [RevisionSide] = []
        for id in ids {
            bases.append(id == tip ? base.side : try await RevisionSide.commit(id, name: id, in: git))
        }
        var sides = ComparedSides(mergeBases: bases, of: base, head)
        sides.areSameCommit = ids == heads
        return sides
    }

    /// The commits that a side's history begins with: more than one while a merge is in progress, none before the first
    /// commit; nil for a tree, which has no history.
    private func commits(of side: RevisionSide) async throws -> [String]? {
        switch side {
        case .nothing: return []
        case .revision(_, let commit, _): return commit.map { [$0] }
        case .workingTree, .index:
            guard let head = try await git.head() else { return [] }
            return [head] + (try git.mergeHeads())
        }
    }
}

extension ReviewFailure {
    /// Describes a bare repository, which has no index.
    fileprivate static func noIndex(in git: GitRepository) -> ReviewFailure {
        ReviewFailure(
            .noIndex,
            "\(git.topLevel.folder) is a bare repository, which has no index",
            help: "name a revision instead of --staged"
        )
    }
}
