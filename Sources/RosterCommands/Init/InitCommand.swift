import ArgumentParser
import RosterWorkspace

struct InitCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create a repository in this folder, with a first sealing key.",
        discussion: """
            Writes roster.yaml, the folders, JSON Schemas for editors, .gitattributes and the workflows that check and \
            review every pull request, and has git show sealed files through Roster. The identity goes outside the \
            repository. Run it again to add files: nothing that is there is overwritten.
            """
    )
    static let examples = ["roster init --project acme", "roster init --owners @acme/platform --vscode"]

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("The first project (default: the folder's name).", valueName: "handle"))
    var project: String?

    @Option(
        help: ArgumentHelp(
            "The commit of Roster's repository that workflows and hooks run (default: that of this release).",
            valueName: "owner/roster@commit"
        )
    )
    var action: String?

    @Flag(name: .customLong("gitlab"), help: "Also write .gitlab-ci.yml.")
    var hasGitLab = false

    @Flag(name: .customLong("pre-commit"), help: "Also write .pre-commit-config.yaml.")
    var hasPreCommit = false

    @Option(help: ArgumentHelp("Also write CODEOWNERS, with these users and teams.", valueName: "@owner"))
    var owners: [String] = []

    @Flag(name: .customLong("vscode"), help: "Also write .vscode/settings.json, with the schemas.")
    var hasVSCode = false

    func run(_ context: CommandContext) async throws {
        let host = try HostOptions(
            action: action,
            build: context.build,
            hasGitLab: hasGitLab,
            hasPreCommit: hasPreCommit,
            hasVSCode: hasVSCode,
            owners: owners
        )
        let folder = (globals.repo ?? context.namedRepository).map(context.absolutePath) ?? context.currentFolder
        let creation = try RepositoryCreation(
            in: folder,
            today: context.today,
            concurrency: context.cores,
            environment: context.environment
        )
        context.process.harden()
        let writer = context.identityWriter
        let created = try await creation.run(project, host, makeID: context.makeID, identityWriter: writer)
        try context.standardError.write(created.notes)
        try context.standardOutput.write(created.text)
    }
}
