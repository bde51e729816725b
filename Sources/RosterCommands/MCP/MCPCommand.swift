import ArgumentParser
import Glibc
import RosterEditing
import RosterGit
import RosterServer

struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an agent read and edit this working tree: MCP over standard input and output.",
        discussion: """
            An MCP client starts this command itself. What the agent creates, updates and deletes is checked as on the \
            command line and written to the files; nothing is committed, and nothing is forced.

            With a token in ROSTER_TOKEN the agent has that token's rights; without one it may do what you may.
            """
    )

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let context = CommandContext.process
        let repository = try Repository(globals, in: context)
        let source = try await repository.workingTreeSource(isNormalized: false, context)
        let token = context.environment("ROSTER_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
        if isatty(STDIN_FILENO) == 1, !globals.quiet {
            try context.standardError.write("waiting for an MCP client's messages, one a line; end with ^D\n")
        }
        let registry = LiveRegistry(source, token: token, concurrency: cores, now: context.now) { error in
            "the working tree cannot be read: \(DescribedSource.words(for: error, repository))"
        }
        var transport = MCPStdioTransport(
            about: registry,
            writer: EditWriter { plan throws(EditFailure) in
                try WorkingTreeWriter(root: repository.root).apply(plan.changes)
            }
        )
        try await transport.run(read: Self.read, write: context.standardOutput.write)
    }

    /// The next piece of standard input; nothing at its end.
    private static func read() throws -> [UInt8] {
        var status: Int32 = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
            var length = 0
            repeat {
                length = unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            } while length < 0 && errno == EINTR
            status = length < 0 ? errno : 0
            count = max(0, length)
        }
        guard status == 0 else { throw CommandFailure.cannotRead("standard input", errno: status) }
        return piece
    }
}
