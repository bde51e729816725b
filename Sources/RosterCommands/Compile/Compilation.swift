import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel
import RosterSources
import RosterWorkspace

/// The implementation of `roster compile`; the default value is the command without options.
struct Compilation {
    /// The folder that `--repo` names.
    var repo: String?
    var color = GlobalOptions.ColorChoice.auto
    var isQuiet = false
    var rev: String?
    /// The file that is written; nil for standard output.
    var output: String?
    /// A Boolean value that indicates whether the file is compared, and not written.
    var onlyCompares = false

    func run(_ context: CommandContext) async throws {
        let repository = try Repository(named: repo, in: context, needsRoster: rev == nil)
        if let output, !onlyCompares, repository.isSource(output, below: context.currentFolder) {
            throw CommandFailure.usage(
                "\(output) is where the repository's own files are, and would be written over",
                help: "name another file: roster compile -o registry.json"
            )
        }
        let source = try await repository.source(revision: rev)
        let compiler = repository.compiler(
            today: context.today,
            keeping: repository.contentsToDate(source).union(.document),
            makeID: context.makeID
        )
        let progress = ProgressLine(verb: "compiling", isQuiet: isQuiet, context)
        let file = onlyCompares ? nil : output.map { CompiledFile(path: context.absolutePath($0), shownAs: $0) }
        // Outside git there is no history to read, and output that is written immediately takes no memory.
        let isDated = repository.hasHistory(source)
        let document = isDated ? nil : file.map { DocumentStream(history: .modificationTimes, receive: $0.write) }
        let reading = Repository.Reading(alternative: "compile the commit: roster compile --rev HEAD")
        let checked = try await repository.check(compiler, source, reading, writing: document, progress: progress)
        guard !checked.hasErrors else {
            try report(checked, context)
            throw CommandFailure.findings
        }
        let history = try await repository.history(of: checked, source)
        context.process.retain((checked, history))
        func write<Failure: Error>(_ piece: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
            try checked.writeRegistry(history: history, piece: piece)
        }
        if let file {
            write(file.write)
            try file.finish()
        } else if let output {
            var bytes: [UInt8] = []
            write { bytes += $0 }
            try compare(bytes, with: output, context)
        } else {
            try write(context.standardOutput.write)
        }
    }

    /// Writes the errors that prevented the registry; `check` reports the warnings.
    private func report(_ checked: Checked, _ context: CommandContext) throws {
        let report = Report(
            diagnostics: checked.diagnostics.filter { $0.severity == .error },
            files: checked.paths,
            summary: checked.summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: RosterVersion.text
        )
        let options = RenderOptions(
            useColor: context.usesColor(color, on: context.standardError),
            isQuiet: isQuiet,
            breaksWorkflowCommands: context.isGitHubActions
        )
        try context.standardError.write(render(report, as: .text, options: options))
    }

    private func compare(_ bytes: [UInt8], with path: String, _ context: CommandContext) throws {
        let found = try RepositoryFile.bytes(atPath: context.absolutePath(path), shownAs: path)
        guard found != bytes else { return }
        throw CommandFailure(
            exitCode: 1,
            message: "\(path) is not what this revision compiles to",
            help: "write it again: roster compile -o \(path)"
        )
    }
}
