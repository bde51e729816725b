import ArgumentParser
import RosterCompiler
import RosterServer
import RosterWorkspace

/// The options that choose what `roster serve` serves.
struct ServeSourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Serve this compiled registry instead of a repository.", valueName: "file"))
    var registry: String?

    @Option(help: ArgumentHelp("Serve this revision as it moves, never the working tree.", valueName: "rev"))
    var rev: String?

    func validate() throws {
        if registry != nil, rev != nil { throw ValidationError("--registry and --rev are two sources: give one.") }
    }

    /// Returns the source that the options choose, which describes its errors as the commands do.
    func source(_ globals: GlobalOptions, _ context: CommandContext) async throws -> any RegistrySource {
        if let registry {
            let path = context.absolutePath(registry)
            guard LinkedPath(path).target != nil else {
                throw CommandFailure.impossible("there is no file \(registry)")
            }
            let source = RegistryFileSource(path, concurrency: context.cores) {
                Compiler(Compiler.Options(today: context.today, concurrency: context.cores))
            }
            return FailureDescribingSource(source, describe: CommandFailure.describe)
        }
        let repository = try Repository(globals, in: context, needsRoster: rev == nil)
        guard let rev else {
            let source = try await repository.workingTreeSource(
                isNormalized: true,
                histories: repository.historyReader(context),
                context
            )
            return FailureDescribingSource(source, describe: repository.describe)
        }
        guard case .revision(_, _, let git) = try await repository.source(revision: rev) else {
            throw CommandFailure.impossible("there is no revision \(rev)")
        }
        let compiler = repository.compiler(context)
        let source = try await RevisionSource(
            rev,
            in: git,
            concurrency: context.cores,
            histories: repository.historyReader(context),
            compiler: compiler
        )
        return FailureDescribingSource(source, describe: repository.describe)
    }
}
