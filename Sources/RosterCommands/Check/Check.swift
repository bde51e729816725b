import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterWorkspace

/// What `roster check` does; made without arguments, it is the command without options.
struct Check {
    /// The folder that was named.
    var repo: String?
    var color = GlobalOptions.ColorChoice.auto
    var isQuiet = false
    var rev: String?
    /// Whether git's index is read.
    var isStaged = false
    /// Whether warnings fail it too.
    var isStrict = false
    /// The day that dates are held against; nil for today.
    var asOf: CalendarDate?
    var format = OutputFormat.text
    /// Whether safe suggestions are written into the files first.
    var fixes = false

    func run(_ context: CommandContext) async throws {
        try IdentityNotice.write(context, isQuiet: isQuiet)
        let repository = try Repository(named: repo, in: context, needsRoster: rev == nil && !isStaged)
        let source: RepositorySource =
            isStaged
            ? .index(try await repository.index()) : try await repository.source(revision: rev)
        let compiler = repository.compiler(today: asOf ?? context.today, keeping: [], makeID: context.makeID)
        let progress = ProgressLine(verb: "checking", isQuiet: isQuiet, context)
        // What is fixed in place is found by its position in the file as it is.
        let reading = Repository.Reading(
            asksForTimes: false,
            isNormalized: !fixes,
            alternative: "check the commit: roster check --rev HEAD"
        )
        var checked = try await repository.check(compiler, source, reading, progress: progress)
        var fixed = 0
        if fixes {
            // Fixing one thing can show the next; what is left after a few rounds is not safe to fix.
            for _ in 0..<5 {
                let written = try SafeFixes(repository: repository).apply(checked.diagnostics)
                guard written > 0 else { break }
                fixed += written
                checked = try await repository.check(compiler, source, reading, progress: progress)
            }
        }
        context.process.retain(checked)
        try context.standardOutput.write(
            render(
                Report(
                    diagnostics: checked.diagnostics,
                    // Only a report with a case for each file names those in which nothing was found.
                    files: format == .junit ? checked.paths : [],
                    summary: checked.summary,
                    rules: RuleCatalogue.descriptions,
                    toolVersion: RosterVersion.text
                ),
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
        let summary = checked.summary
        if summary.errors > 0 || isStrict && summary.warnings > 0 { throw CommandFailure.findings }
    }
}
