import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterWorkspace

/// The implementation of `roster check`; the default value is the command without options.
struct Check {
    /// The folder that `--repo` names.
    var repo: String?
    var color = GlobalOptions.ColorChoice.auto
    var isQuiet = false
    var rev: String?
    /// A Boolean value that indicates whether git's index is read.
    var isStaged = false
    /// A Boolean value that indicates whether warnings are failures.
    var isStrict = false
    /// The day that dates are compared with; nil for today.
    var asOf: CalendarDate?
    var format = OutputFormat.text
    /// The only files that are reported on; empty for all.
    var files: [String] = []
    /// A Boolean value that indicates whether safe suggestions are applied to the files first.
    var fixes = false

    func run(_ context: CommandContext) async throws {
        try IdentityNotice.write(context, isQuiet: isQuiet)
        let repository = try Repository(named: repo, in: context, needsRoster: rev == nil && !isStaged)
        let files = files.isEmpty ? nil : try ReportedFiles(files, below: context.currentFolder, in: repository)
        let source: RepositorySource =
            isStaged
            ? .index(try await repository.index()) : try await repository.source(revision: rev)
        let compiler = repository.compiler(today: asOf ?? context.today, makeID: context.makeID)
        let progress = ProgressLine(verb: "checking", isQuiet: isQuiet, context)
        // Fixes are applied at positions in the unchanged file.
        let reading = Repository.Reading(
            asksForTimes: false,
            isNormalized: !fixes,
            alternative: "check the commit: roster check --rev HEAD"
        )
        var checked = try await repository.diagnose(compiler, source, reading, progress: progress)
        try files?.check(checked, of: source)
        var fixed = 0
        if fixes {
            fixed = try await SafeFixes(repository: repository).apply(to: &checked, in: files) {
                try await repository.diagnose(compiler, source, reading, progress: progress)
            }
        }
        context.process.retain(checked)
        // Only the format with a test case for each file lists files without findings.
        let report = checked.report(on: files, listsFiles: format == .junit)
        try context.standardOutput.write(
            render(
                report,
                as: format,
                options: RenderOptions(
                    useColor: context.usesColor(color, on: context.standardOutput),
                    isQuiet: isQuiet,
                    breaksWorkflowCommands: context.isGitHubActions
                )
            )
        )
        if fixed > 0, !isQuiet {
            try context.standardError.write(
                "fixed \(fixed) \(fixed == 1 ? "place" : "places"); review the changes\n"
            )
        }
        let summary = report.summary
        if summary.errors > 0 || isStrict && summary.warnings > 0 { throw CommandFailure.findings }
    }
}
