import RosterBackend
import RosterCompiler
import RosterModel
import RosterWorkspace

extension Repository {
    /// Finds the repository that the options of a command name.
    init(_ options: GlobalOptions, in context: CommandContext, needsRoster: Bool = true) throws {
        try self.init(named: options.repo, in: context, needsRoster: needsRoster)
    }

    /// Finds the repository of a name, that of `ROSTER_REPO`, or the nearest one upwards from the context's folder.
    init(named repo: String?, in context: CommandContext, needsRoster: Bool = true) throws {
        let variable = repo == nil ? context.namedRepository : nil
        do throws(WorkspaceFailure) {
            try self.init(finding: repo ?? variable, in: context, needsRoster: needsRoster)
        } catch {
            var failure = error
            if variable != nil { failure.help = "ROSTER_REPO names it" + (error.help.map { "; \($0)" } ?? "") }
            throw failure
        }
    }

    private init(
        finding repo: String?,
        in context: CommandContext,
        needsRoster: Bool
    ) throws(WorkspaceFailure) {
        try self.init(
            named: repo,
            below: context.currentFolder,
            needsRoster: needsRoster,
            concurrency: context.cores,
            environment: context.environment
        )
    }

    /// Returns the problems of a source, and shows the progress until then.
    func diagnose(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        progress: ProgressLine
    ) async throws -> Diagnosis {
        defer { progress.clear() }
        return try await diagnose(compiler, source, reading, progress: progress.show)
    }

    /// Returns the problems and records of a source, and shows the progress until then.
    func analyze(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        progress: ProgressLine
    ) async throws -> AnalyzedRepository {
        defer { progress.clear() }
        return try await analyze(compiler, source, reading, progress: progress.show)
    }

    /// Emits the registry of a source, and shows the progress until then.
    func emit(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        dated dates: RegistryDates,
        to sink: inout some RegistrySink,
        progress: ProgressLine
    ) async throws -> EmittedRegistry {
        defer { progress.clear() }
        return try await emit(compiler, source, reading, dated: dates, to: &sink, progress: progress.show)
    }
}

extension CommandContext {
    /// The repository that `ROSTER_REPO` names; nil without that variable.
    var namedRepository: String? { environment("ROSTER_REPO").flatMap { $0.isEmpty ? nil : $0 } }
}

extension CommandFailure {
    /// Creates the failure of a command from that of its repository.
    init(_ failure: WorkspaceFailure) {
        self.init(exitCode: failure.code == .usage ? 64 : 3, message: failure.message, help: failure.help)
    }
}
