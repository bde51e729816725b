import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterModel

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate every file of the repository.",
        discussion: "Exit code 1 says that there are errors, with --strict also that there are warnings."
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Read this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Flag(help: "Exit with 1 when there are warnings.")
    var strict = false

    @Option(
        help: ArgumentHelp("The day that rotateBy and expires are held against (default: today).", valueName: "date")
    )
    var asOf: CalendarDate?

    @Option(help: "How to print what was found.")
    var format: OutputFormat = .text

    @Flag(help: "Write the safe suggestions into the files first.")
    var fix = false

    func validate() throws {
        if fix, rev != nil {
            throw ValidationError("--fix writes files, and --rev reads a revision: give one of them.")
        }
    }

    func run() async throws {
        let context = CommandContext.process
        try IdentityNotice.write(context, isQuiet: globals.quiet)
        let repository = try Repository(globals, in: context, needsRoster: rev == nil)
        let source = try await repository.source(revision: rev, context)
        let compiler = Compiler(
            Compiler.Options(today: asOf ?? context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let progress = ProgressLine(verb: "checking", isQuiet: globals.quiet, context)
        var checked = try await repository.check(compiler, source, progress: progress)
        var fixes = 0
        if fix {
            // Mending one thing can show the next; what is left after a few rounds is not safe to mend.
            for _ in 0..<5 {
                let written = try SafeFixes(repository: repository).apply(checked.diagnostics)
                guard written > 0 else { break }
                fixes += written
                checked = try await repository.check(compiler, source, progress: progress)
            }
        }
        ProcessLifetime.keep(checked)
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
                    useColor: context.usesColor(globals.color, on: context.standardOutput),
                    isQuiet: globals.quiet,
                    breaksWorkflowCommands: context.isGitHubActions
                )
            )
        )
        if fixes > 0, !globals.quiet {
            try context.standardError.write("mended \(fixes) \(fixes == 1 ? "place" : "places"); review the changes\n")
        }
        let summary = checked.summary
        if summary.errors > 0 || strict && summary.warnings > 0 { throw CommandFailure.findings }
    }
}
