import Glibc
import RosterBackend
import RosterCompiler
import RosterGit
import RosterSources

/// The processors that this process may use.
var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

extension Repository {
    /// How a command reads the files of a working tree.
    struct Reading {
        /// Whether it needs their modification times.
        var asksForTimes = true
        /// Whether it reads them with the line endings that git would give them, or with their own, to edit them.
        var isNormalized = true
        /// What it could read instead of a sparse checkout.
        var alternative: String?
    }

    /// Returns the problems of a source.
    func diagnose(
        _ compiler: Compiler,
        _ source: Source,
        _ reading: Reading = Reading(),
        progress: ProgressLine
    ) async throws -> Diagnosis {
        defer { progress.clear() }
        return try await withTree(of: source, reading) { tree in
            try await compiler.diagnose(tree, progress: progress.show)
        }
    }

    /// Returns the problems and records of a source.
    func analyze(
        _ compiler: Compiler,
        _ source: Source,
        _ reading: Reading = Reading(),
        progress: ProgressLine
    ) async throws -> AnalyzedRepository {
        defer { progress.clear() }
        return try await withTree(of: source, reading) { tree in
            try await compiler.analyze(tree, progress: progress.show)
        }
    }

    /// Emits the registry of a source.
    func emit(
        _ compiler: Compiler,
        _ source: Source,
        _ reading: Reading = Reading(),
        dated dates: RegistryDates,
        to sink: inout some RegistrySink,
        progress: ProgressLine
    ) async throws -> EmittedRegistry {
        defer { progress.clear() }
        return try await withTree(of: source, reading) { tree in
            try await compiler.emit(tree, dated: dates, to: &sink, progress: progress.show)
        }
    }

    /// Calls `body` with the tree of a source, and turns its errors into those of a command.
    private func withTree<Result>(
        of source: Source,
        _ reading: Reading,
        _ body: (any SourceTree) async throws -> Result
    ) async throws -> Result {
        do {
            return try await body(try await tree(of: source, reading))
        } catch let error as RepositoryError {
            throw CommandFailure(error, in: self, source)
        } catch let error as GitError {
            throw CommandFailure(error, in: self)
        }
    }

    private func tree(of source: Source, _ reading: Reading) async throws -> any SourceTree {
        switch source {
        case .workingTree:
            try await refuseSparseCheckout(alternative: reading.alternative)
            guard reading.isNormalized else { return WorkingTree(root: root, asksForTimes: reading.asksForTimes) }
            return normalizedTree(asksForTimes: reading.asksForTimes)
        case .revision(_, let commit, let git): return try await git.tree(of: commit)
        case .index(let index):
            guard let tree = try await index.git.index(file: index.file).tree else { throw RepositoryError.noRoster }
            return tree
        }
    }
}

extension CommandFailure {
    fileprivate init(_ error: RepositoryError, in repository: Repository, _ source: Source) {
        switch (error, source) {
        case (.noRoster, .workingTree):
            self = .impossible("there is no roster.yaml in \(repository.root)", help: "make one: roster init")
        case (.noRoster, .revision(let name, _, _)):
            self = .impossible("\(name) has no \(repository.pathPrefix)roster.yaml")
        case (.noRoster, .index):
            self = .impossible(
                "there is no \(repository.pathPrefix)roster.yaml in the index",
                help: "stage it: git add \(repository.pathPrefix)roster.yaml"
            )
        case (.unreadableRepository(let failure), .index):
            self = .impossible("the index cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .workingTree):
            self = .impossible("\(repository.root) cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .revision(let name, _, _)):
            self = .impossible("\(name) cannot be read: \(failure.reason)")
        }
    }
}
