import ArgumentParser

struct CompileCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Write the registry: one JSON document, the same bytes for the same revision.",
        discussion: "With any error nothing is written, and an older registry stays as it was."
    )
    static let examples = ["roster compile -o registry.json", "roster compile --rev HEAD --check -o registry.json"]

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Compile this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The output file (default, and -: standard output).", valueName: "file")
    )
    var output: String?

    @Flag(help: "Write nothing; exit with 1 when the file is not what the revision compiles to.")
    var check = false

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("-o needs the name of a file.") }
        if check, output == nil || output == "-" { throw ValidationError("--check compares a file: name it with -o.") }
    }

    func run(_ context: CommandContext) async throws {
        let compilation = Compilation(
            repo: globals.repo,
            color: globals.color,
            isQuiet: globals.quiet,
            rev: rev,
            output: output == "-" ? nil : output,
            onlyCompares: check
        )
        try await compilation.run(context)
    }
}
