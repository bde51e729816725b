import RosterCompiler
import RosterGit

/// The sealing keys that the tip of the upstream default branch has.
///
/// A branch that adds a stranger's key, and a red check that asks for a re-seal, must not be enough to have every value
/// sealed to the stranger.
struct TrustedKeys {
    private let session: EditSession

    init(_ session: EditSession) { self.session = session }

    /// The keys that the upstream default branch does not have; none where there is no such branch.
    func strangers(among keys: [RepositorySurvey.SealingKey]) async throws -> [RepositorySurvey.SealingKey] {
        guard let known = try await upstreamKeys() else { return [] }
        return keys.filter { key in !known.contains { $0.id == key.id && $0.publicKey == key.publicKey } }
    }

    private func upstreamKeys() async throws -> [RepositorySurvey.SealingKey]? {
        guard let git = try await session.repository.git(session.context) else { return nil }
        do {
            // By full names: a tag called origin/main must not win.
            for name in ["refs/remotes/origin/HEAD", "refs/remotes/origin/main"] {
                guard let commit = try await git.commit(ofRef: name) else { continue }
                let compiler = Compiler(Compiler.Options(today: session.context.today, concurrency: cores))
                return try await compiler.check(try await git.tree(of: commit)).survey.sealingKeys
            }
            return nil
        } catch CompilerError.noRoster {
            return nil
        } catch let error as GitError {
            throw CommandFailure(error, in: session.repository)
        }
    }
}
