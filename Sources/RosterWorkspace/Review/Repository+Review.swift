import RosterGit
package import RosterModel
package import RosterReview
import RosterSources

extension Repository {
    /// Describes the repository to reviews; nil outside git.
    ///
    /// - Throws: ``WorkspaceFailure`` when git cannot open it.
    package func reviewed(today: CalendarDate) async throws -> ReviewedRepository? {
        guard let git = try await git() else { return nil }
        return ReviewedRepository(
            git: git,
            pathPrefix: pathPrefix,
            indexFile: environment("GIT_INDEX_FILE"),
            compiler: compiler(today: today),
            openWorkingTree: {
                let (tree, top) = try await reviewedTrees(git)
                return ReviewSource(tree: tree, top: top)
            },
            datesOfFiles: { checked, side in
                switch side {
                case .workingTree: return try await historyIfComplete(of: checked, .workingTree)
                case .revision(let name, let commit?, _):
                    return try await historyIfComplete(of: checked, .revision(name: name, commit: commit, git))
                // Nothing in the index has a date yet.
                case .revision(_, nil, _), .nothing, .index: return nil
                }
            }
        )
    }

    /// Runs a closure, and describes git's errors and those of the repository's files to the user.
    ///
    /// - Throws: ``WorkspaceFailure`` in place of `GitError` and `RepositoryError`.
    package func describingErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        } catch RepositoryError.noRoster {
            throw WorkspaceFailure(.notFound, "neither side has a \(pathPrefix)roster.yaml")
        } catch RepositoryError.unreadableRepository(let failure) {
            throw WorkspaceFailure(.unreadable, "a side cannot be read: \(failure.reason)")
        }
    }
}
