import RosterCompiler
import RosterModel
import RosterWorkspace

extension Repository {
    /// Finds the repository that the options of a command name.
    init(_ options: GlobalOptions, in context: CommandContext, needsRoster: Bool = true) throws {
        try self.init(named: options.repo, in: context, needsRoster: needsRoster)
    }

    /// Finds the repository of a name, or the nearest one upwards from the context's folder.
    init(named repo: String?, in context: CommandContext, needsRoster: Bool = true) throws {
        try self.init(
            named: repo,
            below: context.currentFolder,
            needsRoster: needsRoster,
            environment: context.environment
        )
    }

    /// Checks the files of a source, and shows the progress until that is done.
    func check(
        _ compiler: Compiler,
        _ source: RepositorySource,
        _ reading: Reading = Reading(),
        writing document: DocumentStream? = nil,
        progress: ProgressLine
    ) async throws -> Checked {
        defer { progress.clear() }
        return try await check(compiler, source, reading, writing: document, progress: progress.show)
    }
}

extension CommandFailure {
    /// Creates the failure of a command from that of its repository.
    init(_ failure: WorkspaceFailure) {
        self.init(exitCode: failure.code == .usage ? 64 : 3, message: failure.message, help: failure.help)
    }
}
