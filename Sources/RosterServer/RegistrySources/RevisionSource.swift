import RosterCompiler
import RosterEditing
import RosterGit
import RosterModel
import RosterServer
import Synchronization

/// Serves a revision of git as it moves, never the working tree.
actor RevisionSource: RegistrySource {
    private let revision: String
    private let git: GitRepository
    private let pathPrefix: String
    private let compiler: @Sendable () -> Compiler
    private var checked: AnalyzedRepository?
    private var commit: String?
    private let folders = Mutex<[WatchedFolder]>([])

    /// Makes a source of the commit that a revision names at each load.
    init(_ revision: String, in git: GitRepository, compiler: @escaping @Sendable () -> Compiler) async throws {
        self.revision = revision
        self.git = git
        pathPrefix = git.topLevel.prefix
        self.compiler = compiler
        try await lookForFolders()
    }

    func load(changed: Set<String>?) async throws -> LoadOutcome {
        try await lookForFolders()
        let commit = try await git.commit(named: revision)
        guard commit != self.commit else { return .same }
        let compiler = self.compiler()
        let reusable = checked.map { ReusableFiles(of: $0, except: nil) }
        let checked = try await compiler.analyze(try await git.tree(of: commit), reusing: reusable)
        self.checked = checked
        guard !checked.hasErrors else { return .broken(BrokenRevision(checked, commit: commit)) }
        let history = try await GitHistory(ofRevision: commit, in: git).history(of: checked.datedFiles)
        guard let registry = await checked.registry(history: history, concurrency: cores) else {
            return .broken(BrokenRevision(checked, commit: commit))
        }
        self.commit = commit
        return .loaded(
            LoadedRegistry(registry: registry, hasFileText: true) { [pathPrefix] in
                Editor(checked, compiler: compiler, pathPrefix: pathPrefix)
            }
        )
    }

    nonisolated func watchedFolders() -> [WatchedFolder] { folders.withLock { $0 } }

    private func lookForFolders() async throws {
        let found = try await git.refFolders().map { WatchedFolder(path: $0.folder, .reference, onlyName: $0.name) }
        folders.withLock { $0 = found }
    }
}
