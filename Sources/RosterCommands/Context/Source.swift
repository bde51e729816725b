import RosterGit

/// Which state of a repository a command looks at.
enum Source {
    /// The files as they lie there.
    case workingTree
    /// A commit, by the name that the user gave and by its id.
    case revision(name: String, commit: String, GitRepository)
}

extension Repository {
    /// The working tree, or the revision that `--rev` names.
    ///
    /// - Throws: ``CommandFailure`` when git does not know the revision.
    func source(revision: String?, _ context: CommandContext) async throws -> Source {
        guard let revision else { return .workingTree }
        guard let git = try await git(context) else {
            throw CommandFailure.impossible("\(root) is in no git repository, so it has no revision \(revision)")
        }
        do {
            return .revision(name: revision, commit: try await git.commit(named: revision), git)
        } catch let error as GitError {
            throw CommandFailure(error, in: self)
        }
    }

    /// The git repository around this one; nil outside git.
    func git(_ context: CommandContext) async throws -> GitRepository? {
        guard let topLevel else { return nil }
        do {
            return try await GitRepository(topLevel: topLevel, environment: context.environment)
        } catch let error as GitError {
            throw CommandFailure(error, in: self)
        }
    }
}
