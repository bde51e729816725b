import ArgumentParser
import Dispatch
import Glibc
import RosterEditing
import RosterModel
import RosterReview
import RosterRuntime
import RosterWorkspace

extension RosterCommand {
    /// Runs the program on the process's main thread, which then waits for work until the process exits.
    package static func start() -> Never {
        ProcessImage.Signals.noteAtStart()
        // When the other end of a pipe or socket is closed, the write fails with an error that is reported.
        signal(SIGPIPE, SIG_IGN)
        // Above that, Dispatch raises its threads' priority where it may, and those that they start inherit it: the server
        // would crowd out its own clients.
        Task(priority: .medium) {
            let context = CommandContext.process
            // What is not UTF-8 would be replaced, and read as another text.
            if let position = ProcessArguments.firstInvalidPosition {
                let failure = CommandFailure.usage("argument \(position) is not UTF-8", help: "write text in UTF-8")
                Glibc.exit(failure.report(in: context))
            }
            Glibc.exit(await run(arguments: ProcessArguments.words, in: context))
        }
        dispatchMain()
    }

    /// Runs a command line, reports a failure, and returns the exit code.
    ///
    /// - Parameters:
    ///   - arguments: the words of the command line, without the program's name.
    ///   - context: the world around the command.
    /// - Returns: the exit code of the process that runs nothing but this command.
    package static func run(arguments: [String], in context: CommandContext) async -> Int32 {
        do {
            if let command = PlainCommandLine(arguments) {
                try await command.run(context)
                return 0
            }
            var command = try parse(arguments)
            if let command = command as? any RosterSubcommand {
                try await command.run(context)
            } else {
                try command.run()
            }
            return 0
        } catch let failure as EditFailure {
            return CommandFailure(failure).report(in: context)
        } catch let failure as WorkspaceFailure {
            return CommandFailure(failure).report(in: context)
        } catch let failure as SealingFailure {
            return CommandFailure(failure).report(in: context)
        } catch let failure as ReviewFailure {
            return CommandFailure(failure).report(in: context)
        } catch let failure as CommandFailure {
            return failure.report(in: context)
        } catch {
            return report(error, in: context)
        }
    }

    /// Prints a message of the argument parser, such as a help text, and returns the exit code.
    private static func report(_ error: any Error, in context: CommandContext) -> Int32 {
        let code = exitCode(for: error)
        let text = CommandHelp.completed(fullMessage(for: error, columns: context.columns))
        if !text.isEmpty {
            // Nothing can be done about a stream that is closed.
            try? (code.isSuccess ? context.standardOutput : context.standardError).write(text + "\n")
        }
        return code.rawValue
    }

    /// Parses words, and describes the fault in them.
    static func parse(_ words: [String]) throws -> any ParsableCommand {
        // With these, the parser prints the help of the commands that it recognized, and ignores other words.
        let asksForHelp = words.first == "help" || words.contains("--help") || words.contains("-h")
        if asksForHelp, let failure = CommandFailure.commandLine(words, CleanExit.helpRequest()) { throw failure }
        do {
            return try parseAsRoot(ParserWords.read(words))
        } catch { throw CommandFailure.commandLine(words, error) ?? error }
    }
}
