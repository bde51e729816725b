package import RosterCompiler
import RosterEditing
package import RosterGit
import RosterModel
import RosterSources
import Synchronization

/// A source that compiles the commit that a revision of git names, and never the working tree.
package actor RevisionSource: RegistrySource {
    private let revision: String
    private let git: GitRepository
    private let gitFolders: GitFolders
    private let concurrency: Int
    private let compiler: @Sendable () -> Compiler
    private let histories: HistoryReader?
    private var checked: AnalyzedRepository?
    private var commit: String?
    private let folders = Mutex<[WatchedFolder]>([])

    /// Creates a source of the commit that a revision names at each load.
    package init(
        _ revision: String,
        in git: GitRepository,
        concurrency: Int,
        histories: HistoryReader? = nil,
        compiler: @escaping @Sendable () -> Compiler
    ) async throws {
        self.revision = revision
        self.git = git
        self.concurrency = concurrency
        self.compiler = compiler
        self.histories = histories
        gitFolders = try await git.folders()
        findFolders()
    }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        findFolders()
        let commit = try await git.commit(named: revision)
        guard commit != self.commit else { return .same }
        let compiler = self.compiler()
        let reusable = checked.map { ReusableFiles(of: $0, except: nil) }
        let checked = try await compiler.analyze(try await git.tree(of: commit), reusing: reusable)
        self.checked = checked
        guard !checked.hasErrors else { return .broken(BrokenRevision(checked, commit: commit)) }
        let history = try await GitHistory(ofRevision: commit, in: git).history(of: checked.datedFiles)
        guard let registry = await checked.registry(history: history, concurrency: concurrency) else {
            return .broken(BrokenRevision(checked, commit: commit))
        }
        self.commit = commit
        return .loaded(
            LoadedRegistry(
                registry: registry,
                models: checked.models,
                noticeDays: checked.noticeDays,
                hasFileText: true,
                history: histories,
                pathPrefix: git.topLevel.prefix
            ) {
                [pathPrefix = git.topLevel.prefix] in
                Editor(checked, compiler: compiler, pathPrefix: pathPrefix)
            }
        )
    }

    package nonisolated func watchedFolders() -> [WatchedFolder] { folders.withLock { $0 } }

    private nonisolated func findFolders() {
        let found = gitFolders.watched().map { WatchedFolder(path: $0.folder, .reference, onlyName: $0.name) }
        folders.withLock { $0 = found }
    }
}
