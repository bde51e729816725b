import RosterReview
import RosterWorkspace

/// A review as the commands run it: with a line of progress, and errors described to the user.
struct ReviewRun {
    let repository: Repository
    let session: ReviewSession
    private let progress: ProgressLine

    /// Opens the repository, which must be in git.
    init(_ globals: GlobalOptions, _ context: CommandContext) async throws {
        repository = try Repository(globals, in: context, needsRoster: false)
        guard let reviewed = try await repository.reviewed(today: context.today) else {
            throw CommandFailure.impossible(
                "\(repository.root) is in no git repository, so there is nothing to compare with",
                help: "make it one: git init"
            )
        }
        progress = ProgressLine(verb: "comparing", isQuiet: globals.quiet, context)
        session = ReviewSession(reviewed, progress: progress.show, retain: context.process.retain)
    }

    /// Runs a closure on the session, and describes the errors of git and of the repository.
    func callAsFunction<Result>(_ body: (ReviewSession) async throws -> Result) async throws -> Result {
        defer { progress.clear() }
        return try await repository.describingErrors { try await body(session) }
    }
}

extension CommandFailure {
    /// Creates the failure of a command from that of a review.
    init(_ failure: ReviewFailure) {
        self.init(exitCode: failure.code == .usage ? 64 : 3, message: failure.message, help: failure.help)
    }
}
