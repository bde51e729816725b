import Glibc
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterGit
import RosterModel
import RosterServer
import RosterSources
import Synchronization

/// Serves the working tree: compiles it anew on every change, reading again what changed.
actor WorkingTreeSource: RegistrySource {
    private let repository: Repository
    private nonisolated var root: String { repository.root }
    private let git: GitRepository?
    /// Whether files are read with the line endings that git would give them, or with their own, to edit them.
    private let isNormalized: Bool
    private let compiler: @Sendable () -> Compiler
    private var history: WorkTreeHistory?
    private var checked: AnalyzedRepository?
    /// What changed since the history was last asked.
    private var touched: Set<String>? = []
    private let folders = Mutex<[WatchedFolder]>([])

    /// Makes a source of a repository, which is in git or not.
    init(
        _ repository: Repository,
        git: GitRepository?,
        isNormalized: Bool,
        uncommitted: UncommittedDates,
        compiler: @escaping @Sendable () -> Compiler
    ) async throws {
        self.repository = repository
        self.compiler = compiler
        self.isNormalized = isNormalized
        history = git.map { WorkTreeHistory(of: $0, uncommitted: uncommitted) }
        self.git = git
        try await lookForFolders()
    }

    func load(changed: Set<String>?) async throws -> LoadOutcome {
        // Git takes its time to start, and needs no processor for most of it.
        async let commit = git?.head()
        async let hasLooked: Void = lookForFolders()
        if let changed { touched?.formUnion(changed) } else { touched = nil }
        let compiler = self.compiler()
        let reusable = checked.flatMap { checked in changed.map { ReusableFiles(of: checked, except: $0) } }
        // What changed is told once: when the tree cannot be read now, the next load reads all of it.
        self.checked = nil
        try await repository.refuseSparseCheckout(alternative: "serve the commit: roster serve --rev HEAD")
        let tree = isNormalized ? repository.normalizedTree() : WorkingTree(root: root)
        let checked = try await compiler.analyze(tree, reusing: reusable)
        self.checked = checked
        try await hasLooked
        guard !checked.hasErrors else {
            return .broken(BrokenRevision(checked, commit: try await commit))
        }
        let dates = try await dates(of: checked, at: commit)
        guard let registry = await checked.registry(history: dates, concurrency: cores) else {
            return .broken(BrokenRevision(checked, commit: dates.commit))
        }
        return .loaded(
            LoadedRegistry(registry: registry, hasFileText: true) { [pathPrefix = repository.pathPrefix] in
                Editor(checked, compiler: compiler, pathPrefix: pathPrefix)
            }
        )
    }

    private func dates(of checked: AnalyzedRepository, at commit: String?) async throws -> TreeHistory {
        guard var history else {
            if let (path, modified) = checked.undatableFile {
                throw CommandFailure.unusableModificationTime(of: path, modified)
            }
            return .modificationTimes
        }
        let dates = try await history.history(
            of: checked.datedFiles,
            at: commit,
            touched: touched,
            normalizing: isNormalized ? nil : repository.lineEndings
        )
        self.history = history
        touched = []
        return dates
    }

    nonisolated func watchedFolders() -> [WatchedFolder] { folders.withLock { $0 } }

    /// The folders that records can lie in, and where git notes that it made a commit.
    private nonisolated func lookForFolders() async throws {
        var found = [
            WatchedFolder(path: root, .file(prefix: ""), onlyName: RepositoryLayout.rosterFile),
            WatchedFolder(path: root, .anything, onlyName: "providers"),
            WatchedFolder(path: root, .anything, onlyName: "secrets"),
        ]
        for top in ["providers", "secrets"] {
            found.append(WatchedFolder(path: "\(root)/\(top)", .file(prefix: "\(top)/")))
            let listed = try await WorkingTree(root: root).list([TreeFolder(path: top)], limit: .max)
            for entry in (try? listed.first?.get()) ?? [] where entry.kind == .folder {
                let path = "\(top)/\(entry.name)"
                found.append(WatchedFolder(path: "\(root)/\(path)", .file(prefix: path + "/")))
            }
        }
        for (folder, name) in try await git?.refFolders() ?? [] {
            found.append(WatchedFolder(path: folder, .reference, onlyName: name))
        }
        folders.withLock { $0 = found }
    }
}

extension Repository {
    /// The working tree, read at each load.
    ///
    /// Files are read with the line endings that git would give them (`isNormalized`), or with their own, to edit them.
    func workingTreeSource(isNormalized: Bool, _ context: CommandContext) async throws -> WorkingTreeSource {
        let prefix = pathPrefix
        return try await WorkingTreeSource(
            self,
            git: try await git(),
            isNormalized: isNormalized,
            uncommitted: try uncommittedDates(),
            compiler: { Compiler(Compiler.Options(today: context.today, pathPrefix: prefix, concurrency: cores)) }
        )
    }
}

extension BrokenRevision {
    /// A checked revision that has errors.
    init(_ checked: AnalyzedRepository, commit: String?) {
        self.init(
            commit: commit,
            diagnostics: checked.diagnostics.filter { $0.severity == .error },
            hasAccess: checked.hasAccess
        )
    }
}
