import ArgumentParser
import Glibc
import RosterCompiler
import RosterEditing
import RosterGit
import RosterModel
import RosterSources
import SealedBoxes
import RosterWorkspace

struct InitCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create a repository in this folder, with a first sealing key.",
        discussion: """
            Writes roster.yaml, the folders, JSON Schemas for editors, .gitattributes and a workflow that checks every \
            pull request, and has git show sealed files through Roster. The identity goes outside the repository. Nothing \
            that is there is overwritten.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("The first project (default: the folder's name).", valueName: "handle"))
    var project: String?

    func run(_ context: CommandContext) async throws {
        let folder = try Self.folder(globals, context)
        let handle = try handle(folder)
        guard unsafe access(folder + "/" + RepositoryLayout.rosterFile, F_OK) != 0 else {
            throw CommandFailure.impossible("there is a roster.yaml in \(folder) already")
        }
        try await Repository(named: folder, in: context, needsRoster: false).refuseSparseCheckout()
        context.process.harden()
        let identity: Identity
        do { identity = try Identity.generate() } catch {
            throw SealingFailure(.noMemory, "the key")
        }
        let writer = IdentityWriter(context: context)
        let identityPath = try writer.path(nil, key: identity.publicKey.id)
        try writer.write(identity, to: identityPath)
        let key = identity.publicKey
        for (path, text) in NewRepository(
            project: handle,
            projectID: context.makeID("proj_"),
            key: key,
            today: context.today
        ).files {
            if unsafe access(folder + "/" + path, F_OK) == 0 {
                try context.standardError.write("kept \(path), which is there already\n")
            } else {
                try WorkingTreeWriter(root: folder).apply([.create(path: path, bytes: Array(text.utf8))])
                try context.standardOutput.write("wrote \(path)\n")
            }
        }
        let trust = await Self.isTrusted(key, folder, context) ? "" : " --trust-key \(key.id)"
        let hint = await Self.setDiffDriver(folder, context) ? "" : "see sealed diffs  \(DiffDriver.command)\n      "
        try context.standardOutput.write(
            """

            The identity that opens what is sealed here is \(identityPath).
            Keep a copy where you keep such things: without it no value can be read again.

            next: seal a key        roster secret set \(handle)/openai --for openai\(trust)
                  add a provider    roster provider create --project \(handle) --secret openai
                  \(hint)check it all      roster check

            """
        )
    }

    /// Returns whether values are sealed to the new key without naming it; no commit of the repository has it yet.
    private static func isTrusted(_ key: SealingPublicKey, _ folder: String, _ context: CommandContext) async -> Bool {
        let own = RepositorySurvey.SealingKey(id: key.id, publicKey: key.base64, name: "")
        guard let repository = try? Repository(named: folder, in: context),
            let untrusted = try? await repository.untrustedKeys(among: [own], today: context.today)
        else { return true }
        return untrusted.isEmpty
    }

    /// Configures git to show sealed files through Roster, and returns whether that worked.
    private static func setDiffDriver(_ folder: String, _ context: CommandContext) async -> Bool {
        guard let top = GitTopLevel(of: folder),
            let git = try? await GitRepository(topLevel: top, environment: context.environment)
        else { return false }
        // Without it, diffs are harder to read, which is not a reason to fail.
        return (try? await git.setDiffDriver()) != nil
    }

    private static func folder(_ globals: GlobalOptions, _ context: CommandContext) throws -> String {
        guard let named = globals.repo else { return context.currentFolder }
        guard let real = unsafe realpath(context.absolutePath(named), nil) else {
            throw CommandFailure.impossible("there is no folder \(named)", help: "make it: mkdir \(named)")
        }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private func handle(_ folder: String) throws -> String {
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
