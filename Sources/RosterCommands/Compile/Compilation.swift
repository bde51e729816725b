import RosterBackend
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
        guard let output else {
            // An error must leave nothing in the output, so it is written when the document is whole.
            var sink = CollectedPieces()
            try await emit(repository, to: &sink, context)
            for piece in sink.pieces { try context.standardOutput.write(piece) }
            return
        }
        guard !onlyCompares else {
            var sink = MemorySink()
            try await emit(repository, to: &sink, context)
            return try compare(sink.bytes, with: output, context)
        }
        var file = CompiledFile(path: context.absolutePath(output), shownAs: output)
        try await emit(repository, to: &file, context)
        try file.finish()
    }

    /// Returns the registry as a document.
    func document(_ context: CommandContext) async throws -> [UInt8] {
        let repository = try Repository(named: repo, in: context, needsRoster: rev == nil)
        var sink = MemorySink()
        try await emit(repository, to: &sink, context)
        return sink.bytes
    }

    /// Emits the registry of the revision or the working tree; with an error, the sink has no valid document.
    private func emit(
        _ repository: Repository,
        to sink: inout some RegistrySink,
        _ context: CommandContext
    ) async throws {
        let source = try await repository.source(revision: rev)
        let emitted = try await repository.emit(
            repository.compiler(today: context.today, makeID: context.makeID),
            source,
            Repository.Reading(alternative: "compile the commit: roster compile --rev HEAD"),
            dated: try await repository.dates(of: source),
            to: &sink,
            progress: ProgressLine(verb: "compiling", isQuiet: isQuiet, context)
        )
        context.process.retain(emitted)
        guard emitted.isComplete else {
            try report(emitted.diagnosis, context)
            throw CommandFailure.findings
        }
        if let (path, modified) = emitted.undatableFile {
            throw WorkspaceFailure.unusableModificationTime(of: path, modified)
        }
    }

    /// Writes the errors that prevented the registry; `check` reports the warnings.
    private func report(_ diagnosis: Diagnosis, _ context: CommandContext) throws {
        let report = Report(
            diagnostics: diagnosis.diagnostics.filter { $0.severity == .error },
            files: diagnosis.paths,
            summary: diagnosis.summary,
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
