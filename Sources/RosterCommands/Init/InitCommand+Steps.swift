import ArgumentParser
import Glibc
import RosterCompiler
import RosterEditing
import RosterGit
import RosterModel
import RosterSources
import SealedBoxes
import RosterWorkspace
import RosterSemantics

extension InitCommand {
    /// Returns whether values are sealed to the new key without naming it; no commit of the repository has it yet.
    static func isTrusted(_ key: SealingPublicKey, _ folder: String, _ context: CommandContext) async -> Bool {
        guard let id = SealingKeyID(key.id), let repository = try? Repository(named: folder, in: context),
            let untrusted = try? await repository.untrustedKeys(
                among: [PartialRegistry.SealingKey(id: id, publicKey: key.base64, name: "")],
                today: context.today
            )
        else { return true }
        return untrusted.isEmpty
    }

    /// Configures git to show sealed files through Roster, and returns whether that worked.
    static func setDiffDriver(_ folder: String, _ context: CommandContext) async -> Bool {
        guard let top = GitTopLevel(of: folder),
            let git = try? await GitRepository(topLevel: top, environment: context.environment)
        else { return false }
        // Without it, diffs are harder to read, which is not a reason to fail.
        return (try? await git.setDiffDriver()) != nil
    }

    static func folder(_ globals: GlobalOptions, _ context: CommandContext) throws -> String {
        guard let named = globals.repo else { return context.currentFolder }
        guard let real = unsafe realpath(context.absolutePath(named), nil) else {
            throw CommandFailure.impossible("there is no folder \(named)", help: "make it: mkdir \(named)")
        }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    func handle(_ folder: String) throws -> String {
        if let project {
            guard Handle(project) != nil else {
                throw CommandFailure.usage(
                    "\"\(project)\" is not a handle",
                    help: "it is 1 to 63 of a-z, 0-9 and inner hyphens, such as acme"
                )
            }
            return project
        }
        let name = folder.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return Handle(name) == nil ? "main" : name
    }
}
