import RosterCompiler
import RosterGit
package import RosterModel
package import RosterReview
package import RosterSemantics

extension Repository {
    /// Returns the keys that reviewers have not accepted; none outside git.
    ///
    /// - Throws: ``WorkspaceFailure`` when git has no answer.
    package func untrustedKeys(
        among keys: [PartialRegistry.SealingKey],
        today: CalendarDate
    ) async throws -> [TrustedKeys.UntrustedKey] {
        guard let git = try await git() else { return [] }
        do {
            return try await TrustedKeys(in: git, compiler: compiler(today: today)).untrusted(among: keys)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }
}
