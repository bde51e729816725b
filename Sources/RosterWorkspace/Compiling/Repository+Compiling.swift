package import RosterBackend
package import RosterCompiler
package import RosterModel
import RosterGit
import RosterSources

extension Repository {
    /// The way in which a command reads the files of a working tree.
    package struct Reading: Sendable {
        /// A Boolean value that indicates whether the modification times are needed.
        package var asksForTimes: Bool
        /// A Boolean value that indicates whether files are read with the line endings that git would give them, and not
        /// with their own, to be edited.
        package var isNormalized: Bool
        /// The remedy for a sparse checkout: what the command could read instead.
        package var alternative: String?

        /// Creates a way of reading.
        package init(asksForTimes: Bool = true, isNormalized: Bool = true, alternative: String? = nil) {
            (self.asksForTimes, self.isNormalized, self.alternative) = (asksForTimes, isNormalized, alternative)
        }
    }

    /// Returns the compiler for the files of the repository on a day.
    package func compiler(
        today: CalendarDate,
        makeID: (@Sendable (_ prefix: String) -> String)? = nil
    ) -> Compiler {
        Compiler(
            Compiler.Options(today: today, pathPrefix: pathPrefix, concurrency: concurrency, makesID: makeID)
        )
    }

    /// Returns the problems of a source.
    ///
    /// - Throws: ``WorkspaceFailure`` when it cannot be read.
    package func diagnose(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        progress: @escaping @Sendable (_ done: Int, _ count: Int) -> Void
    ) async throws -> Diagnosis {
        try await withTree(of: source, reading) { try await compiler.diagnose($0, progress: progress) }
    }

    /// Returns the problems and records of a source.
    ///
    /// - Throws: ``WorkspaceFailure`` when it cannot be read.
    package func analyze(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        progress: @escaping @Sendable (_ done: Int, _ count: Int) -> Void
    ) async throws -> AnalyzedRepository {
        try await withTree(of: source, reading) { try await compiler.analyze($0, progress: progress) }
    }

    /// Emits the registry of a source.
    ///
    /// - Throws: ``WorkspaceFailure`` when it cannot be read, and the errors of the sink.
    package func emit(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        dated dates: RegistryDates,
        to sink: inout some RegistrySink,
        progress: @escaping @Sendable (_ done: Int, _ count: Int) -> Void
    ) async throws -> EmittedRegistry {
        try await withTree(of: source, reading) { tree in
            try await compiler.emit(tree, dated: dates, to: &sink, progress: progress)
        }
    }

    /// Calls a closure with the tree of a source, and describes its errors to the user.
    func withTree<Result>(
        of source: RepositorySource,
        _ reading: Reading,
        _ body: (any SourceTree) async throws -> Result
    ) async throws -> Result {
        do {
            return try await body(try await tree(of: source, reading))
        } catch let error as RepositoryError {
            throw WorkspaceFailure(error, in: self, source)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }

    private func tree(of source: RepositorySource, _ reading: Reading) async throws -> any SourceTree {
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

extension WorkspaceFailure {
    fileprivate init(_ error: RepositoryError, in repository: Repository, _ source: RepositorySource) {
        switch (error, source) {
        case (.noRoster, .workingTree):
            self.init(.notFound, "there is no roster.yaml in \(repository.root)", help: "make one: roster init")
        case (.noRoster, .revision(let name, _, _)):
            self.init(.notFound, "\(name) has no \(repository.pathPrefix)roster.yaml")
        case (.noRoster, .index):
            self.init(
                .notFound,
                "there is no \(repository.pathPrefix)roster.yaml in the index",
                help: "stage it: git add \(repository.pathPrefix)roster.yaml"
            )
        case (.unreadableRepository(let failure), .index):
            self.init(.unreadable, "the index cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .workingTree):
            self.init(.unreadable, "\(repository.root) cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .revision(let name, _, _)):
            self.init(.unreadable, "\(name) cannot be read: \(failure.reason)")
        }
    }
}
