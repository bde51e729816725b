import ArgumentParser
import RosterDiagnostics
import RosterModel
import RosterWorkspace

struct CheckCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate every file of the repository.",
        discussion: """
            With FILE, reads every file, reports on these files only, and exits by their problems. \
            Exit code 1: errors were found, or with --strict also warnings.
            """
    )
    static let examples = ["roster check --strict", "roster check providers/acme/gpt-4o.yaml"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("A file to report on (default: all).", valueName: "file"), completion: .file())
    var files: [String] = []

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

    @OptionGroup var output: FormatOptions<OutputFormat>

    @Flag(help: "Write the safe suggestions into the files first.")
    var fix = false

    func validate() throws {
        if let word = files.first(where: { DashedWord.isOption($0) || $0 == "help" }) {
            throw ValidationError("\(word) is not a file of the registry.")
        }
        let sources = [("--rev reads a revision", rev != nil), ("--staged reads the index", staged)].filter(\.1)
        if fix, let source = sources.first {
            throw ValidationError("--fix writes files, and \(source.0): give one of them.")
        }
        if sources.count > 1 {
            throw ValidationError("--staged reads the index, and --rev reads a revision: give one of them.")
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
            format: output.format,
            files: files,
            fixes: fix
        )
        try await check.run(context)
    }
}
