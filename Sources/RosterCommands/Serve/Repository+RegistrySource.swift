import RosterBackend
import RosterBytes
import RosterCompiler
import RosterEditing
import RosterGit
import RosterReview
import RosterServer
import RosterSources
import RosterWorkspace

extension Repository {
    /// Returns a source that reads the working tree at each load.
    ///
    /// Files are read with the line endings that git would give them (`isNormalized`), or with their own, to edit them.
    ///
    /// `histories` reads the histories of its providers; nil when none are shown.
    func workingTreeSource(
        isNormalized: Bool,
        histories: HistoryReader? = nil,
        _ context: CommandContext
    ) async throws -> WorkingTreeSource {
        try await WorkingTreeSource(
            WorkingTreeSource.Repository(
                root: root,
                pathPrefix: pathPrefix,
                git: try await git(),
                uncommitted: try uncommittedDates(),
                tree: {
                    try await refuseSparseCheckout(alternative: "serve the commit: roster serve --rev HEAD")
                    return isNormalized ? normalizedTree() : WorkingTree(root: root)
                },
                lineEndings: { isNormalized ? nil : lineEndings }
            ),
            concurrency: concurrency,
            histories: histories,
            compiler: compiler(context)
        )
    }

    /// Returns the reader of the histories of providers; nil outside git.
    func historyReader(_ context: CommandContext) -> HistoryReader? {
        guard topLevel != nil else { return nil }
        let source = HistorySource(
            open: {
                guard let reviewed = try await reviewed(today: context.today) else {
                    throw SourceFailure("\(root) is in no git repository")
                }
                let session = ReviewSession(reviewed, progress: { _, _ in }, retain: { _ in })
                return { provider, path, commit in
                    try await CommittedHistory.read(of: provider, at: path, commit: commit, in: session)
                }
            },
            describe: describe
        )
        return HistoryReader(source)
    }

    /// Returns the problems of the working tree, as `check` finds them.
    func diagnosis(_ context: CommandContext) async throws -> Diagnosis {
        try await diagnose(compiler(today: context.today), .workingTree, Reading(asksForTimes: false)) { _, _ in }
    }

    /// Returns a function that creates the compiler for one load, with that day's date.
    func compiler(_ context: CommandContext) -> @Sendable () -> Compiler {
        { compiler(today: context.today) }
    }

    /// Returns what an error of a source means, and what to do about it.
    func describe(_ error: any Error) -> String {
        guard let failure = error as? GitError else { return CommandFailure.describe(error) }
        return CommandFailure.describe(CommandFailure(WorkspaceFailure(failure, in: self)))
    }
}

extension CommandFailure {
    /// Returns what an error of a source means, and what to do about it.
    static func describe(_ error: any Error) -> String {
        let words =
            switch error {
            case let failure as CommandFailure:
                [failure.message ?? "it is not readable", failure.help].compactMap { $0 }.joined(separator: "; ")
            case let failure as WorkspaceFailure:
                [failure.message, failure.help].compactMap { $0 }.joined(separator: "; ")
            case let failure as EditFailure: failure.message
            case let failure as TreeFailure: failure.reason
            case RepositoryError.unreadableRepository(let failure): failure.reason
            case RepositoryError.noRoster: "there is no roster.yaml"
            case let problem as RegistryProblem: problem.description
            case is GitError: "git does not answer"
            default: "the repository or one of its files is not readable"
            }
        // The system's words when the process has no descriptors left.
        return words.contains("too many open files") ? "\(words); raise the limit of open files (ulimit -n)" : words
    }
}
