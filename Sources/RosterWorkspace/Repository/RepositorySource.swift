package import RosterGit

/// The state of a repository that a command reads.
package enum RepositorySource: Sendable {
    /// The files of the working tree.
    case workingTree
    /// A commit, by the name that the user gave and by its id.
    case revision(name: String, commit: String, GitRepository)
    /// The files of git's index, which the next commit will hold.
    case index(GitIndex)
}

/// The index of a repository.
package struct GitIndex: Sendable {
    package let git: GitRepository
    /// The file that git reads instead of the usual index; it names one for the hooks of `git commit --all`.
    package let file: String?
}

extension Repository {
    /// The working tree, or the revision that `--rev` names.
    ///
    /// - Throws: ``WorkspaceFailure`` when git does not know the revision.
    package func source(revision: String?) async throws -> RepositorySource {
        guard let revision else { return .workingTree }
        guard let git = try await git() else {
            throw WorkspaceFailure(.git, "\(root) is in no git repository, so it has no revision \(revision)")
        }
        do {
            return .revision(name: revision, commit: try await git.commit(named: revision), git)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }

    /// Returns git's index.
    ///
    /// - Throws: ``WorkspaceFailure`` outside git, and in a bare repository.
    package func index() async throws -> GitIndex {
        guard let git = try await git() else {
            throw WorkspaceFailure(
                .git,
                "\(root) is in no git repository, so nothing is staged",
                help: "make it one: git init"
            )
        }
        guard !git.topLevel.isBare else { throw WorkspaceFailure.noIndex(in: self) }
        return GitIndex(git: git, file: environment("GIT_INDEX_FILE"))
    }

    /// The git repository around this one; nil outside git.
    package func git() async throws -> GitRepository? {
        guard let topLevel else { return nil }
        do {
            return try await GitRepository(topLevel: topLevel, environment: environment)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }
}

extension WorkspaceFailure {
    /// Describes a bare repository, which has no index.
    package static func noIndex(in repository: Repository) -> WorkspaceFailure {
        WorkspaceFailure(
            .git,
            "\(repository.root) is a bare repository, which has no index",
            help: "name a revision instead of --staged"
        )
    }
}
