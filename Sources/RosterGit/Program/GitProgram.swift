import Glibc
import Subprocess
import SystemPackage

/// Git's own program, run so that nothing in a repository can make it run, fetch or show anything else.
///
/// The repository's configuration is not trusted: no hooks, no monitors, no filters, no lazy fetches, no replaced
/// objects, no bare repository but one that the user named itself. `GIT_DIR` is never set, since that skips git's check of the
/// owner.
struct GitProgram: Sendable {
    /// The folder that git starts in: a work tree's top level, or a bare repository.
    let folder: String
    /// Whether the folder is a bare repository that the user named.
    private let isBare: Bool
    /// The longest that one command may take.
    var deadline: Duration = .seconds(600)
    private let environment: Environment
    /// Where git's program lies; nil when it is in no folder of `PATH`.
    private let program: FilePath?

    init(folder: String, isBare: Bool = false, environment: (_ name: String) -> String?) {
        self.folder = folder
        self.isBare = isBare
        self.environment = .custom(Self.hardened(environment))
        program = Self.find(path: environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
    }

    /// Looks for git once: whoever starts a program by its name tries a process for each folder of `PATH`, every time.
    ///
    /// Only absolute folders count, so that no repository can bring a git of its own.
    private static func find(path: String) -> FilePath? {
        for folder in path.split(separator: ":") where folder.hasPrefix("/") {
            let file = "\(folder)/git"
            var status = stat()
            guard unsafe stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                unsafe access(file, X_OK) == 0
            else { continue }
            return FilePath(file)
        }
        return nil
    }

    /// What is set whatever the caller's environment says.
    private static let fixed: [Environment.Key: String] = [
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    ]

    /// What is taken over from the caller: where programs and the user's configuration lie, and whom git trusts.
    private static let inherited = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "TMPDIR", "SUDO_UID", "GIT_EXEC_PATH",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_PARAMETERS",
        "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    ]

    private static func hardened(_ environment: (_ name: String) -> String?) -> [Environment.Key: String] {
        var result = fixed
        func take(_ name: String) {
            if let key = Environment.Key(rawValue: name), let value = environment(name) { result[key] = value }
        }
        for name in inherited { take(name) }
        // `safe.directory` is often given so, by the runner of a pipeline.
        if let text = environment("GIT_CONFIG_COUNT"), let count = Int(text), (1...64).contains(count) {
            take("GIT_CONFIG_COUNT")
            for index in 0..<count {
                take("GIT_CONFIG_KEY_\(index)")
                take("GIT_CONFIG_VALUE_\(index)")
            }
        }
        return result
    }

    /// Git takes a bare repository only where it was led to one on purpose.
    ///
    /// It still checks the owner then, which it would not if it were named by `GIT_DIR`.
    private var bareRepositories: [String] { ["-c", "safe.bareRepository=\(isBare ? "all" : "explicit")"] }

    private static let hardening = [
        "-c", "core.fsmonitor=false",
        "-c", "log.showSignature=false",
        "-c", "core.hooksPath=/dev/null",
    ]

    /// Runs a command whose output is a few lines.
    ///
    /// - Returns: the output, and git's own words when it ended with an error.
    func answer(_ arguments: [String]) async throws -> Result<String, GitError> {
        do {
            return .success(
                try await stream(arguments) { input, output in
                    try await input.finish()
                    return String(decoding: try await output.rest(limit: 1 << 16), as: UTF8.self)
                }
            )
        } catch let error as GitError {
            guard case .failed = error else { throw error }
            return .failure(error)
        }
    }

    /// Runs a command, talks with it, and gives what came of the talk.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when git ends with an error, whatever it answered before.
    func stream<Answer: Sendable>(
        _ arguments: [String],
        _ talk: (_ input: StandardInputWriter, _ output: inout ByteStream) async throws -> Answer
    ) async throws -> Answer {
        let command = arguments.first { !$0.hasPrefix("-") && !$0.contains("=") } ?? "git"
        guard let program else { throw GitError.notInstalled }
        let result: ExecutionResult<Result<Answer, any Error>, SequenceOutput, StringOutput<UTF8>>
        do {
            result = try await run(
                .path(program),
                arguments: Arguments(bareRepositories + Self.hardening + arguments),
                environment: environment,
                workingDirectory: FilePath(folder),
                input: .inputWriter,
                output: .sequence,
                error: .string(limit: 1 << 20)
            ) { execution in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        guard (try? await Task.sleep(for: deadline)) != nil else { return }
                        try? execution.send(signal: .kill)
                    }
                    defer { group.cancelAll() }
                    var output = ByteStream(execution.standardOutput, command: command)
                    do {
                        return .success(try await talk(execution.standardInputWriter, &output))
                    } catch {
                        return .failure(error)
                    }
                }
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw GitError.notInstalled
        }
        // When git itself ended with an error, that is the cause, and a broken talk its effect.
        switch result.terminationStatus {
        case .exited(0): return try result.closureResult.get()
        case .signaled(SIGKILL): throw GitError.timedOut(command: command)
        // The talk ended before git had said all.
        case .signaled(SIGPIPE): return try result.closureResult.get()
        default: throw GitError.failed(command: command, reason: Self.reason(in: result.standardError))
        }
    }

    /// What git says is wrong: its first line, without the word that begins it.
    private static func reason(in text: String) -> String {
        let line =
            text.split(separator: "\n").first { !$0.hasPrefix("warning:") && !$0.hasPrefix("hint:") }
            ?? "it gave no reason"
        for prefix in ["fatal: ", "error: "] where line.hasPrefix(prefix) {
            return String(line.dropFirst(prefix.count))
        }
        return String(line)
    }
}
