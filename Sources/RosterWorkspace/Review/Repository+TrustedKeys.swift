import RosterCompiler
import RosterGit
package import RosterModel
package import RosterReview
package import RosterSemantics
package import SealedBoxes

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

    /// Returns whether values are sealed to a new key without naming it; no commit of the repository has it yet.
    package func acceptsNewKey(_ key: SealingPublicKey, today: CalendarDate) async -> Bool {
        guard let id = SealingKeyID(key.id) else { return true }
        let new = PartialRegistry.SealingKey(id: id, publicKey: key.base64, name: "")
        return (try? await untrustedKeys(among: [new], today: today))?.isEmpty ?? true
    }

    /// Configures git to show sealed files through Roster, and returns whether that worked.
    ///
    /// Without it, diffs are harder to read, which is not a reason to fail.
    package func setDiffDriver() async -> Bool {
        guard let git = try? await git() else { return false }
        return (try? await git.setDiffDriver()) != nil
    }
}
