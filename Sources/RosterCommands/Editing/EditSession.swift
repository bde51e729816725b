import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterGit
import RosterModel
import RosterSources
import RosterWorkspace

/// The working tree as a writing command finds it, and the way to change it.
struct EditSession {
    let repository: Repository
    let context: CommandContext
    let editor: Editor
    var survey: RepositorySurvey { editor.survey }
    private let globals: GlobalOptions

    /// Reads the whole repository.
    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context)
        self.context = context
        self.globals = globals
        let compiler = repository.compiler(today: context.today)
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        editor = Editor(
            try await repository.check(
                compiler,
                .workingTree,
                Repository.Reading(isNormalized: false),
                progress: progress
            ),
            of: WorkingTree(root: repository.root),
            compiler: compiler,
            pathPrefix: repository.pathPrefix
        )
    }

    /// A file of the repository as it was read.
    func read(_ path: String) throws -> [UInt8] { try editor.read(path) }

    /// Makes changes, unless `check` would have an error afterwards that it does not have now.
    ///
    /// `expected` are the rules whose errors a change of this kind brings and another command mends.
    func apply(_ changes: [FileChange], force: Bool = false, expecting expected: Set<String> = []) async throws {
        let files = changes.map { EditedFile($0) }
        try write(try await refusing { try await editor.plan(files, force: force, expecting: expected) })
    }

    /// The plan of a wanted change; what keeps it from being made is printed.
    @discardableResult
    func plan(_ change: WantedChange, force: Bool, expecting expected: Set<String> = []) async throws -> EditPlan {
        try await refusing { try await editor.plan(change, force: force, expecting: expected) }
    }

    /// Makes the changes of a plan.
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

    /// Diagnostics as they are printed on standard error.
    func text(of diagnostics: [Diagnostic]) -> String { context.text(of: diagnostics, globals) }

    /// Prints a line of results.
    func say(_ line: String) throws { try context.standardOutput.write(printable(line) + "\n") }

    /// Prints a line that is no result.
    func note(_ line: String) throws {
        if !globals.quiet { try context.standardError.write(printable(line) + "\n") }
    }

    func printable(_ line: String) -> String {
        PrintableText.escape(line, breakingCommands: context.isGitHubActions)
    }
}
