import RosterCompiler
package import RosterGit
import RosterSources

/// A side of a review as the user names it.
package enum RevisionSide: Sendable {
    /// The files of the working tree.
    case workingTree
    /// The files of git's index, below the registry's folder and at git's top level; the first is nil if there are none.
    case index(IndexTree?, top: IndexTree)
    /// The empty tree, of a repository without a commit.
    case nothing
    /// The name that the user typed, the commit (nil for a tree without a commit), and the tree's id.
    case revision(name: String, commit: String?, tree: String)

    /// The id of the commit; nil for what has no commit.
    package var commit: String? {
        if case .revision(_, let commit, _) = self { commit } else { nil }
    }

    /// The identity of what git holds; nil for files that are in no commit.
    var identity: SideIdentity? {
        switch self {
        case .nothing: .nothing
        case .revision(_, let commit?, _): .commit(commit)
        case .revision(_, nil, let tree): .tree(tree)
        case .workingTree, .index: nil
        }
    }

    /// The id of the commit, or of a tree without a commit; nil for what has no id.
    var id: String? {
        if case .revision(_, let commit, let tree) = self { commit ?? tree } else { nil }
    }

    /// Returns the side of a commit, by its id.
    package static func commit(_ id: String, name: String, in git: GitRepository) async throws -> RevisionSide {
        .revision(name: name, commit: id, tree: try await git.treeID(of: id))
    }

    /// Finds a revision: a commit by any name that git knows, or a tree by its id.
    ///
    /// Without a commit, HEAD is the empty tree.
    ///
    /// - Throws: ``GitError`` when there is none, or more than one.
    package static func named(_ name: String, in git: GitRepository) async throws -> RevisionSide {
        do {
            let commit = try await git.commit(named: name)
            return try await .commit(commit, name: name, in: git)
        } catch GitError.unknownRevision {
            if ["HEAD", "@"].contains(name), try await git.head() == nil { return .nothing }
            guard let tree = try await git.treeID(named: name) else { throw GitError.unknownRevision(name) }
            return .revision(name: name, commit: nil, tree: tree)
        }
    }

    /// Returns the trees that the side's files are read from.
    ///
    /// - Throws: `GitError`, and the error of a working tree that lacks files of the registry.
    func source(in repository: ReviewedRepository) async throws -> ReviewSource {
        switch self {
        case .nothing: return ReviewSource(tree: nil, top: nil)
        case .index(let tree, let top): return ReviewSource(tree: tree, top: top)
        case .workingTree:
            return try await repository.openWorkingTree()
        case .revision(_, _, let tree):
            let top = try await repository.git.tree(ofTree: tree, atTop: true)
            do {
                return ReviewSource(tree: try await repository.git.tree(ofTree: tree), top: top)
            } catch RepositoryError.noRoster {
                return ReviewSource(tree: nil, top: top)
            }
        }
    }
}
