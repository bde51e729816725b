import Foundation
import RosterModel
import RosterRuntime
import RosterTestSupport
import SealedBoxes
import Synchronization

@testable import RosterCommands

/// `roster` in a folder, run in the test process with in-memory streams and a separate environment.
struct RosterProgram: ProgramFolder, Sendable {
    var folder: String
    var environment: [String: String?] = [:]

    /// Runs a command line, whose first word is the command.
    func run(_ arguments: String..., input: Data = Data()) async throws -> ProgramRun {
        try await run(arguments, input: input)
    }

    /// Runs a command line, whose first word is the command.
    ///
    /// A program that `roster exec` replaces itself by is started, and its result is the result of the run.
    func run(_ arguments: [String], input: Data = Data()) async throws -> ProgramRun {
        Self.ignoreClosedPipes()
        let (output, error) = (OutputBuffer(), OutputBuffer())
        var context = context(input: input, output: output, error: error)
        let replacement = Mutex<ProgramRun?>(nil)
        let folder = folder
        context.process.replace = { arguments, environment, inherited in
            do {
                let run = try Self.start(arguments, environment, inherited, in: folder)
                replacement.withLock { $0 = run }
            } catch {
                return error
            }
            return ReplacedProcess()
        }
        let code = await RosterCommand.run(arguments: arguments, in: context)
        if let run = replacement.withLock({ $0 }) { return run }
        return ProgramRun(
            exitCode: code,
            output: String(decoding: output.bytes, as: UTF8.self),
            error: String(decoding: error.bytes, as: UTF8.self)
        )
    }

    /// Makes writing to a git that has ended an error, as the program does at its start.
    private static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Runs a command line without standard input, with exactly the variables of an environment.
    static func run(
        _ arguments: [String],
        in folder: String,
        exactly environment: [String: String]
    ) async -> ProgramRun {
        Self.ignoreClosedPipes()
        let (output, error) = (OutputBuffer(), OutputBuffer())
        let context = CommandContext(
            variables: EnvironmentVariables(environment),
            currentFolder: folder,
            standardInput: InputStream([]),
            standardOutput: OutputStream(output),
            standardError: OutputStream(error)
        )
        return ProgramRun(
            exitCode: await RosterCommand.run(arguments: arguments, in: context),
            output: String(decoding: output.bytes, as: UTF8.self),
            error: String(decoding: error.bytes, as: UTF8.self)
        )
    }

    /// Returns the context of a command in the folder.
    func context(input: Data = Data(), output: OutputBuffer, error: OutputBuffer) -> CommandContext {
        CommandContext(
            variables: EnvironmentVariables(Tools.cleanEnvironment(environment)),
            currentFolder: folder,
            standardInput: InputStream(Array(input)),
            standardOutput: OutputStream(output),
            standardError: OutputStream(error)
        )
    }

    /// The error that ends a command after `exec` replaced it.
    private struct ReplacedProcess: Error {}

    private static func start(
        _ arguments: [String],
        _ environment: borrowing ExecEnvironment,
        _ inherited: EnvironmentVariables,
        in folder: String
    ) throws -> ProgramRun {
        let entries = inherited.withPointers { inherited in
            environment.withPointers(inheriting: inherited) { entries in
                var texts: [String] = []
                var index = 0
                while let entry = entries[index] {
                    texts.append(String(cString: entry))
                    index += 1
                }
                return texts
            }
        }
        // `env -i` starts a program with exactly these variables.
        return try Tools(folder: folder).start("env", ["-i"] + entries + arguments)
    }
}
