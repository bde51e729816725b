package import RosterCompiler
import RosterDiagnostics
import RosterEditing
package import RosterGit
import RosterModel
package import RosterSources
import Synchronization

/// A source that compiles the working tree, and reads only what changed since the last load.
///
/// A load in which only the contents of providers changed compiles those alone. Any other change is checked as a whole, with
/// the files that are known to be unchanged taken from the last load.
package actor WorkingTreeSource: RegistrySource {
    /// The working tree of a repository.
    package struct Repository: Sendable {
        /// The folder of `roster.yaml`.
        var root: String
        /// The path from git's top level to the root, empty or with a `/` at its end.
        var pathPrefix: String
        /// The repository of git; nil outside git.
        var git: GitRepository?
        /// The dates of files that are not committed.
        var uncommitted: UncommittedDates
        /// Returns the tree for one load; throws when it cannot be read.
        var tree: @Sendable () async throws -> any SourceTree
        /// Returns the line endings that git would give the files; nil when the tree has them already.
        var lineEndings: @Sendable () -> LineEndings?

        /// Creates a working tree from its parts.
        package init(
            root: String,
            pathPrefix: String,
            git: GitRepository?,
            uncommitted: UncommittedDates,
            tree: @escaping @Sendable () async throws -> any SourceTree,
            lineEndings: @escaping @Sendable () -> LineEndings?
        ) {
            self.root = root
            self.pathPrefix = pathPrefix
            self.git = git
            self.uncommitted = uncommitted
            self.tree = tree
            self.lineEndings = lineEndings
        }
    }

    private let repository: Repository
    private let concurrency: Int
    private let compiler: @Sendable () -> Compiler
    private let histories: HistoryReader?
    private var history: WorkTreeHistory?
    private var gitFolders: GitFolders?
    private var last: LastLoad?
    /// The paths that changed since the history was last asked; nil for any.
    private var touched: Set<String>? = []
    private let folders = Mutex<[WatchedFolder]>([])

    /// The results of a load, from which the next one starts.
    private struct LastLoad {
        var listed: ListedTree
        var checked: AnalyzedRepository
        /// The state of git's files before the commit was read; nil outside git, or when only git can read it.
        var head: GitFolders.HeadState?
        /// Nil when there were errors.
        var registry: (version: RegistryVersion, registry: Registry)?
    }

    /// Creates a source of a repository.
    ///
    /// - Parameters:
    ///   - repository: the working tree.
    ///   - concurrency: the largest number of threads of a compilation.
    ///   - histories: the reader of the histories of providers; nil when none are shown.
    ///   - compiler: returns the compiler for one load, with that day's date.
    /// - Throws: an error of git, or of the file system.
    package init(
        _ repository: Repository,
        concurrency: Int,
        histories: HistoryReader? = nil,
        compiler: @escaping @Sendable () -> Compiler
    ) async throws {
        self.repository = repository
        self.concurrency = concurrency
        self.compiler = compiler
        self.histories = histories
        history = repository.git.map { WorkTreeHistory(of: $0, uncommitted: repository.uncommitted) }
        gitFolders = try await repository.git?.folders()
        try await findFolders(gitFolders)
    }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        if let changed { touched?.formUnion(changed) } else { touched = nil }
        // When the tree cannot be read now, the next load reads all of it: a change is reported once.
        let last = self.last
        self.last = nil
        let compiler = self.compiler()
        let tree = try await repository.tree()
        if let changed, let last, let outcome = try await reload(last, changed: changed, in: tree, compiler) {
            return outcome
        }
        return try await loadAll(last, changed: changed, in: tree, compiler)
    }

    package nonisolated func watchedFolders() -> [WatchedFolder] { folders.withLock { $0 } }

    // MARK: - Loading

    /// Loads a tree in which only the contents of providers changed; nil when more may have changed.
    private func reload(
        _ last: LastLoad,
        changed: Set<String>,
        in tree: any SourceTree,
        _ compiler: Compiler
    ) async throws -> LoadOutcome? {
        guard let earlier = last.registry, headState() == last.head, repository.git == nil || last.head != nil,
            let files = try await last.listed.reading(from: tree).unmovedProviders(among: changed)
        else { return nil }
        guard !files.isEmpty else {
            self.last = last
            return .same
        }
        let listed = last.listed.reading(from: tree)
        guard let checked = try await compiler.reanalyze(last.checked, of: listed, changed: files) else { return nil }
        var next = LastLoad(listed: listed, checked: checked, head: last.head)
        guard !checked.hasErrors else {
            self.last = next
            return .broken(BrokenRevision(checked, commit: earlier.registry.revision.commit))
        }
        guard let dates = try await dates(of: files, in: checked),
            let registry = checked.registry(updating: earlier.registry, changed: files, history: dates)
        else { return nil }
        touched = []
        let version = RegistryVersion()
        next.registry = (version, registry)
        self.last = next
        let change = LoadedRegistry.Change(since: earlier.version, providers: files.map { $0 - 1 })
        return .loaded(loaded(registry, version, checked, compiler, change: change))
    }

    /// Loads a tree of which anything may have changed.
    private func loadAll(
        _ last: LastLoad?,
        changed: Set<String>?,
        in tree: any SourceTree,
        _ compiler: Compiler
    ) async throws -> LoadOutcome {
        let head = headState()
        let (git, folders) = (repository.git, gitFolders)
        // Git is slow to start and uses little processor time, so it runs while files are read.
        async let commit = git?.head()
        async let hasFoundFolders: Void = findFolders(folders)
        let reusable = last.flatMap { last in changed.map { ReusableFiles(of: last.checked, except: $0) } }
        let listed = try await ListedTree(of: tree)
        let checked = try await compiler.analyze(listed, reusing: reusable)
        var next = LastLoad(listed: listed, checked: checked, head: head)
        self.last = next
        try await hasFoundFolders
        guard !checked.hasErrors else {
            return .broken(BrokenRevision(checked, commit: try await commit))
        }
        let dates = try await dates(of: checked, at: commit)
        guard let registry = await checked.registry(history: dates, concurrency: concurrency) else {
            return .broken(BrokenRevision(checked, commit: dates.commit))
        }
        let version = RegistryVersion()
        next.registry = (version, registry)
        self.last = next
        return .loaded(loaded(registry, version, checked, compiler, change: nil))
    }

    private func loaded(
        _ registry: Registry,
        _ version: RegistryVersion,
        _ checked: AnalyzedRepository,
        _ compiler: Compiler,
        change: LoadedRegistry.Change?
    ) -> LoadedRegistry {
        LoadedRegistry(
            registry: registry,
            models: checked.models,
            noticeDays: checked.noticeDays,
            version: version,
            change: change,
            hasFileText: true,
            history: histories,
            pathPrefix: repository.pathPrefix
        ) {
            [pathPrefix = repository.pathPrefix] in
            Editor(checked, compiler: compiler, pathPrefix: pathPrefix)
        }
    }

    // MARK: - Dates

    private func headState() -> GitFolders.HeadState? { gitFolders?.headState() }

    private func dates(of checked: AnalyzedRepository, at commit: String?) async throws -> TreeHistory {
        guard var history else {
            try checkModificationTimes(of: checked)
            return .modificationTimes
        }
        let dates = try await history.history(
            of: checked.datedFiles,
            at: commit,
            touched: touched,
            normalizing: repository.lineEndings()
        )
        self.history = history
        touched = []
        return dates
    }

    /// Dates the files that changed; nil when all files have to be dated.
    private func dates(of files: [FileIndex], in checked: AnalyzedRepository) async throws -> TreeHistory? {
        guard var history else {
            try checkModificationTimes(of: checked)
            return .modificationTimes
        }
        let dates = try await history.update(
            checked.datedFiles(at: files),
            normalizing: repository.lineEndings()
        )
        self.history = history
        return dates
    }

    private func checkModificationTimes(of checked: AnalyzedRepository) throws {
        guard let (path, modified) = checked.undatableFile else { return }
        throw GitError.unusableModificationTime(
            path: String(path.dropFirst(repository.pathPrefix.count)),
            seconds: modified
        )
    }

    // MARK: - Watched folders

    /// Finds the folders that can have records, and those in which git stores a new commit.
    private nonisolated func findFolders(_ gitFolders: GitFolders?) async throws {
        let root = repository.root
        var found = [
            WatchedFolder(path: root, .file(prefix: ""), onlyName: RepositoryLayout.rosterFile),
            WatchedFolder(path: root, .file(prefix: ""), onlyName: RepositoryLayout.modelsFile),
            WatchedFolder(path: root, .anything, onlyName: FileRole.provider.folder),
            WatchedFolder(path: root, .anything, onlyName: FileRole.secret.folder),
        ]
        for top in [FileRole.provider.folder, FileRole.secret.folder] {
            found.append(WatchedFolder(path: "\(root)/\(top)", .file(prefix: "\(top)/")))
            let listed = try await WorkingTree(root: root).list([TreeFolder(path: top)], limit: .max)
            for entry in (try? listed.first?.get()) ?? [] where entry.kind == .folder {
                let path = "\(top)/\(entry.name)"
                found.append(WatchedFolder(path: "\(root)/\(path)", .file(prefix: path + "/")))
            }
        }
        for (folder, name) in gitFolders?.watched() ?? [] {
            found.append(WatchedFolder(path: folder, .reference, onlyName: name))
        }
        folders.withLock { $0 = found }
    }
}

extension BrokenRevision {
    /// Creates the result of a check that found errors.
    init(_ checked: AnalyzedRepository, commit: String?) {
        self.init(
            commit: commit,
            diagnostics: checked.diagnostics.filter { $0.severity == .error },
            hasAccess: checked.hasAccess
        )
    }
}
