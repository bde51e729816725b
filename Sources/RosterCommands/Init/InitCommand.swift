import ArgumentParser
import Glibc
import RosterCompiler
import RosterEditing
import RosterGit
import RosterModel
import RosterSemantics
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
        let writer = context.identityWriter
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
}
