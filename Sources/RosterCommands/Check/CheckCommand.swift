import ArgumentParser
import RosterDiagnostics
import RosterModel
import RosterWorkspace

struct CheckCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate every file of the repository.",
        discussion: "Exit code 1: errors were found, or with --strict also warnings."
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Read this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Flag(help: "Read the files that are staged, which the next commit will hold.")
    var staged = false

    @Flag(help: "Exit with 1 when there are warnings.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "The day that rotateBy and expires are compared with, as YYYY-MM-DD (default: today).",
            valueName: "date"
        )
    )
    var asOf: CalendarDate?

    @Option(help: "The format of the report.")
    var format: OutputFormat = .text

    @Flag(help: "Write the safe suggestions into the files first.")
    var fix = false

    func validate() throws {
        if fix, rev != nil {
            throw ValidationError("--fix writes files, and --rev reads a revision: give one of them.")
        }
        if staged, rev != nil {
            throw ValidationError("--staged reads the index, and --rev reads a revision: give one of them.")
        }
        if staged, fix {
            throw ValidationError("--fix writes files, and --staged reads the index: give one of them.")
        }
    }

    func run(_ context: CommandContext) async throws {
        let check = Check(
            repo: globals.repo,
            color: globals.color,
            isQuiet: globals.quiet,
            rev: rev,
            isStaged: staged,
            isStrict: strict,
            asOf: asOf,
            format: format,
            fixes: fix
        )
        try await check.run(context)
    }
}
