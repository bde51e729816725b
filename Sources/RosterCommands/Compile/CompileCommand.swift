import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel

struct CompileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Write the registry: one JSON document, the same bytes for the same revision.",
        discussion: "With any error nothing is written, and an older registry stays as it was."
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Compile this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where to write it (default: standard output).", valueName: "file")
    )
    var output: String?

    @Flag(help: "Write nothing; exit with 1 when the file is not what the revision compiles to.")
    var check = false

    func validate() throws {
        if check, output == nil { throw ValidationError("--check compares a file: name it with -o.") }
    }

    func run() async throws {
        let context = CommandContext.process
        let repository = try Repository(globals, in: context, needsRoster: rev == nil)
        let source = try await repository.source(revision: rev, context)
        let compiler = Compiler(
            Compiler.Options(today: context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let progress = ProgressLine(verb: "compiling", isQuiet: globals.quiet, context)
        let checked = try await repository.check(compiler, source, progress: progress)
        guard !checked.hasErrors else {
            try report(checked, context)
            throw CommandFailure.findings
        }
        let history = try await repository.history(of: checked, source, context)
        guard let pieces = await checked.encodedRegistry(history: history, concurrency: cores) else {
            throw CommandFailure.findings
        }
        ProcessLifetime.keep((checked, history))
        guard let output else { return try pieces.forEach(context.standardOutput.write) }
        if check {
            try compare(Array(pieces.joined()), with: output)
        } else {
            try AtomicFile.write(pieces, toPath: output)
        }
    }

    /// What kept the registry from being written; warnings are `check`'s to tell.
    private func report(_ checked: Checked, _ context: CommandContext) throws {
        let report = Report(
            diagnostics: checked.diagnostics.filter { $0.severity == .error },
            files: checked.paths,
            summary: checked.summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: RosterVersion.text
        )
        let options = RenderOptions(
            useColor: context.usesColor(globals.color, on: context.standardError),
            isQuiet: globals.quiet,
            breaksWorkflowCommands: context.isGitHubActions
        )
        try context.standardError.write(render(report, as: .text, options: options))
    }

    private func compare(_ bytes: [UInt8], with path: String) throws {
        let found = try RepositoryFile.bytes(atPath: path)
        guard found != bytes else { return }
        throw CommandFailure(
            exitCode: 1,
            message: "\(path) is not what this revision compiles to",
            help: "write it anew: roster compile -o \(path)"
        )
    }
}
