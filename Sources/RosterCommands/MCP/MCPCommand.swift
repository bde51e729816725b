import ArgumentParser
import RosterEditing
import RosterGit
import RosterServer
import RosterWorkspace

struct MCPCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an agent read and edit this working tree: MCP over standard input and output.",
        discussion: """
            An MCP client starts this command itself. What the agent creates, updates and deletes is checked as on the \
            command line and written to the files; nothing is committed, and nothing is forced.

            With a token in ROSTER_TOKEN the agent has that token's rights; without one it may do what you may.
            """
    )
    static let examples = ["roster mcp --repo ~/registry"]

    @OptionGroup var globals: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let repository = try Repository(globals, in: context)
        let source = try await repository.workingTreeSource(isNormalized: false, context)
        let token = context.environment("ROSTER_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
        if context.standardInput.isTerminal, !globals.quiet {
            try context.standardError.write("waiting for an MCP client's messages, one a line; end with ^D\n")
        }
        let registry = LiveRegistry(source, token: token, concurrency: context.cores, now: context.now) { error in
            "the working tree cannot be read: \(repository.describe(error))"
        } diagnose: {
            try await repository.diagnosis(context)
        }
        var transport = MCPStdioTransport(
            about: registry,
            writer: EditWriter { plan throws(EditFailure) in
                try WorkingTreeWriter(root: repository.root).apply(plan.changes)
            }
        )
        try await transport.run(read: context.standardInput.read, write: context.standardOutput.write)
    }
}
