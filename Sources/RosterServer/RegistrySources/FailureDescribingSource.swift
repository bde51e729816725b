import RosterCompiler
import RosterEditing
import RosterGit
import RosterServer
import RosterSources

/// A source whose failures are told in the words of the other commands.
struct DescribedSource: RegistrySource {
    private let source: any RegistrySource
    private let repository: Repository?

    /// Wraps a source; `repository` is nil for a compiled registry.
    init(_ source: any RegistrySource, of repository: Repository?) {
        self.source = source
        self.repository = repository
    }

    func load(changed: Set<String>?) async throws -> LoadOutcome {
        do {
            return try await source.load(changed: changed)
        } catch let failure as SourceFailure {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw SourceFailure(Self.words(for: error, repository))
        }
    }

    func watchedFolders() -> [WatchedFolder] { source.watchedFolders() }

    /// Returns what an error means, and what to do about it.
    static func words(for error: any Error, _ repository: Repository?) -> String {
        let words =
            switch error {
            case let failure as CommandFailure: self.words(of: failure)
            case let failure as EditFailure: failure.message
            case let failure as TreeFailure: failure.reason
            case RepositoryError.unreadableRepository(let failure): failure.reason
            case RepositoryError.noRoster: "there is no roster.yaml"
            case let problem as RegistryProblem: problem.description
            case let failure as GitError:
                repository.map { self.words(of: CommandFailure(failure, in: $0)) } ?? "git does not answer"
            default: "it is not readable"
            }
        // What the system says when the process has no descriptors left.
        return words.contains("too many open files") ? "\(words); raise the limit of open files (ulimit -n)" : words
    }

    private static func words(of failure: CommandFailure) -> String {
        [failure.message ?? "it is not readable", failure.help].compactMap { $0 }.joined(separator: "; ")
    }
}
