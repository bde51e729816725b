package import ArgumentParser
import Dispatch
import Glibc
import RosterEditing
import RosterModel

/// The program: everything is in its subcommands.
package struct RosterCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "roster",
        abstract: "A registry of LLM providers, kept as files in git, with the keys sealed beside them.",
        discussion: """
            Providers and secrets are YAML files, changed by pull request. check validates them, compile turns them \
            into one reproducible JSON registry.

            Exit codes: 0 done; 1 findings; 2 changes (diff --detailed-exitcode); 3 it could not be done; 64 wrong usage.
            """,
        version: RosterVersion.text,
        subcommands: [
            InitCommand.self, CheckCommand.self, CompileCommand.self, DiffCommand.self, LogCommand.self,
            BlameCommand.self, ServeCommand.self, MCPCommand.self, ProviderCommand.self, SecretCommand.self,
            KeyCommand.self, ProjectCommand.self, PolicyCommand.self, TokenCommand.self, ModelsCommand.self,
            PingCommand.self, ExecCommand.self, ExplainCommand.self, SchemaCommand.self, OpenAPICommand.self,
            VersionCommand.self,
        ]
    )

    @OptionGroup var globals: GlobalOptions

    package init() {}

    /// Runs the program on the process's main thread, which afterwards waits for good.
    package static func start() -> Never {
        ProcessImage.Signals.noteAtStart()
        // When the other end of a pipe or socket is closed, the write fails with an error that is reported.
        signal(SIGPIPE, SIG_IGN)
        // Above that, Dispatch raises its threads' priority where it may, and those that they start inherit it: the server
        // would crowd out its own clients.
        Task(priority: .medium) {
            await run()
            exit(withError: nil)
        }
        dispatchMain()
    }

    /// Parses the process's arguments, runs what they ask for, and ends the process when that fails.
    private static func run() async {
        do {
            if let command = PlainCommandLine(CommandLine.arguments) { return try await command.run() }
            try checkArguments()
            var command = try parse(Array(CommandLine.arguments.dropFirst()))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as EditFailure {
            let failure = CommandFailure(failure)
            failure.report()
            exit(withError: ExitCode(failure.exitCode))
        } catch let failure as CommandFailure {
            failure.report()
            exit(withError: ExitCode(failure.exitCode))
        } catch {
            exit(withError: error)
        }
    }

    /// Parses words, and explains what is wrong with them.
    static func parse(_ words: [String]) throws -> any ParsableCommand {
        // With these the parser prints the help of the commands that it has understood, whatever the others are.
        let asksForHelp = words.first == "help" || words.contains("--help") || words.contains("-h")
        if asksForHelp, let failure = CommandFailure.commandLine(words, CleanExit.helpRequest()) { throw failure }
        do {
            return try parseAsRoot(words)
        } catch { throw CommandFailure.commandLine(words, error) ?? error }
    }
}

extension RosterCommand {
    /// Refuses what is no text, which would come out as something else than was asked for.
    private static func checkArguments() throws {
        for position in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = unsafe CommandLine.unsafeArgv[position] else { continue }
            // What follows is another program's, and no text that Roster would read.
            if unsafe strcmp(argument, "--") == 0 { return }
            let bytes = unsafe UnsafeBufferPointer(start: argument, count: strlen(argument))
            guard unsafe String(validating: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self) == nil else {
                continue
            }
            throw CommandFailure.usage("argument \(position) is not UTF-8", help: "write text in UTF-8")
        }
    }
}
