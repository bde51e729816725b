import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterGit
import RosterModel
import RosterSemantics
import RosterSources
import RosterWorkspace

/// The working tree of a command that writes, and its changes.
struct EditSession {
    let repository: Repository
    let context: CommandContext
    let editor: Editor
    var survey: PartialRegistry.Outline { editor.survey }
    private let globals: GlobalOptions

    /// Reads the whole repository.
    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context)
        self.context = context
        self.globals = globals
        let compiler = repository.compiler(today: context.today)
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        editor = Editor(
            try await repository.analyze(
                compiler,
                .workingTree,
                Repository.Reading(isNormalized: false),
                progress: progress
            ),
            of: WorkingTree(root: repository.root),
            compiler: compiler,
            pathPrefix: repository.pathPrefix,
            makeID: context.makeID
        )
    }

    /// Returns the contents of a file when the repository was read.
    func read(_ path: String) throws -> [UInt8] { try editor.read(path) }

    /// Makes changes, unless they add an error that `check` reports.
    ///
    /// `expected` are the rules whose errors such a change causes and another command fixes.
    func apply(_ changes: [FileChange], force: Bool = false, expecting expected: Set<String> = []) async throws {
        let files = changes.map { EditedFile($0) }
        try write(try await refusing { try await editor.plan(files, force: force, expecting: expected) })
    }

    /// Returns the plan of a change, and prints the errors for which it is refused.
    @discardableResult
    func plan(_ change: WantedChange, force: Bool, expecting expected: Set<String> = []) async throws -> EditPlan {
        try await refusing { try await editor.plan(change, force: force, expecting: expected) }
    }

    /// Writes the changes of a plan.
    func write(_ plan: EditPlan) throws {
        let progress = ProgressLine(verb: "writing", isQuiet: globals.quiet, context)
        defer { progress.clear() }
        try WorkingTreeWriter(root: repository.root).apply(plan.changes) { done in
            if done.isMultiple(of: 64) { progress.show(done, of: plan.changes.count) }
        }
    }

    private func refusing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let failure as EditFailure where !failure.diagnostics.isEmpty {
            try context.standardError.write(text(of: failure.diagnostics))
            throw failure
        }
    }

    /// Returns the text of diagnostics on standard error.
    func text(of diagnostics: [Diagnostic]) -> String { context.text(of: diagnostics, globals) }

    /// Prints a line of results.
    func printLine(_ line: String) throws { try context.standardOutput.write(printable(line) + "\n") }

    /// Prints a line on standard error that is not a result.
    func note(_ line: String) throws {
        if !globals.quiet { try context.standardError.write(printable(line) + "\n") }
    }

    func printable(_ line: String) -> String {
        PrintableText.escape(line, breakingCommands: context.isGitHubActions)
    }
}
