import RosterCompiler
import RosterDiagnostics
import RosterGit

/// The working tree as a writing command finds it, and the way to change it.
struct EditSession {
    let repository: Repository
    let context: CommandContext
    let survey: RepositorySurvey
    private let isQuiet: Bool
    private let compiler: Compiler
    private let before: Checked

    /// Reads the whole repository.
    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context)
        self.context = context
        isQuiet = globals.quiet
        compiler = Compiler(
            Compiler.Options(today: context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        before = try await repository.check(compiler, .workingTree, progress: progress)
        survey = before.survey
    }

    /// A file of the repository as it lies there.
    func read(_ path: String) throws -> [UInt8] { try RepositoryFile.open(path, in: repository.root).bytes }

    /// Makes changes, unless `check` would have an error afterwards that it does not have now.
    ///
    /// `expected` are the rules whose errors a change of this kind brings and another command mends.
    func apply(_ changes: [FileChange], force: Bool = false, expecting expected: Set<String> = []) async throws {
        let tree = OverlayTree(
            WorkingTree(root: repository.root),
            changes: Dictionary(changes.map { ($0.path, $0.result) }) { _, last in last }
        )
        let after = try await compiler.check(tree)
        let known = Set(before.diagnostics.map(Self.identity))
        let new = after.diagnostics.filter {
            $0.severity == .error && !expected.contains($0.rule) && !known.contains(Self.identity($0))
        }
        guard new.isEmpty || force else {
            let report = Report(
                diagnostics: new,
                files: [],
                summary: after.summary,
                rules: [],
                toolVersion: RosterVersion.text
            )
            try context.standardError.write(render(report, as: .text, options: RenderOptions(isQuiet: true)))
            throw CommandFailure(
                exitCode: 1,
                message:
                    "nothing was written: the change would bring \(new.count == 1 ? "this error" : "these errors")",
                help: "mend what they say, or write anyway: --force"
            )
        }
        let progress = ProgressLine(verb: "writing", isQuiet: isQuiet, context)
        defer { progress.clear() }
        for (number, change) in changes.enumerated() {
            try repository.apply(change)
            if number.isMultiple(of: 64) { progress.show(number, of: changes.count) }
        }
    }

    /// Prints a line of results.
    func say(_ line: String) throws {
        let text = PrintableText.escape(line, breakingCommands: context.isGitHubActions)
        try context.standardOutput.write(text + "\n")
    }

    private static func identity(_ diagnostic: Diagnostic) -> [String] {
        [diagnostic.rule, diagnostic.place.path, diagnostic.message]
    }
}
