import Glibc
import RosterBytes
import Subprocess
import SystemPackage

/// The `git` program, run so that nothing in a repository can make it run, fetch or show anything else.
///
/// The repository's configuration is not trusted: no hooks, no monitors, no filters, no lazy fetches, no replaced
/// objects, no bare repository but one that the user named itself. `GIT_DIR` is never set, since that skips git's check
/// of the owner.
struct GitProgram: Sendable {
    /// The folder that git starts in: a work tree's top level, or a bare repository.
    let folder: String
    /// A Boolean value that indicates whether the folder is a bare repository that the user named.
    private let isBare: Bool
    /// The time that git may take: for all of a short answer, and for each part of a long one.
    var patience = AnswerTimer.Patience(answer: .seconds(30))
    /// The index that git reads instead of the repository's own, as `GIT_INDEX_FILE` names it: relative to ``folder``.
    ///
    /// It is not inherited: only a command that asks for the index reads the one of a commit in progress.
    var indexFile: String?
    private let environment: Environment
    /// The path of git's program; nil when no folder of `PATH` has it.
    private let program: FilePath?

    init(folder: String, isBare: Bool = false, environment: (_ name: String) -> String?) {
        self.folder = folder
        self.isBare = isBare
        self.environment = .custom(Self.hardened(environment))
        program = Self.find(path: environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
    }

    /// Finds git once: starting a program by its name tries a process for each folder of `PATH`, every time.
    ///
    /// Only absolute folders count, so that a repository cannot provide its own git.
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

    /// Variables that are always set, regardless of the caller's environment.
    private static let fixed: [Environment.Key: String] = [
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    ]

    /// Variables that are inherited: the locations of programs and configuration, and the owners that git trusts.
    private static let inherited = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "TMPDIR", "SUDO_UID", "GIT_EXEC_PATH",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_PARAMETERS", "GIT_ATTR_NOSYSTEM",
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
        "-c", "i18n.logOutputEncoding=UTF-8",
        "-c", "core.hooksPath=/dev/null",
    ]

    /// Runs a command whose output is a few lines, or at most `limit` bytes.
    ///
    /// - Returns: the output, or git's message when it exited with an error.
    func answer(_ arguments: [String], limit: Int = 1 << 16) async throws -> Result<String, GitError> {
        // The time limit applies to the whole answer.
        let patience = AnswerTimer.Patience(answer: self.patience.answer, total: self.patience.answer)
        do {
            return .success(
                try await stream(arguments, patience: patience) { input, output in
                    try await input.finish()
                    return String(decoding: try await output.rest(limit: limit), as: UTF8.self)
                }
            )
        } catch let error as GitError {
            guard case .failed = error else { throw error }
            return .failure(error)
        }
    }

    /// Runs a command, exchanges input and output with it, and returns the result.
    ///
    /// `successCodes` are the exit codes that mean success.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when git exits with an error, also after an answer;
    ///   ``GitError/timedOut(command:seconds:waitingFor:)`` when git does not answer.
    func stream<Answer: Sendable>(
        _ arguments: [String],
        patience: AnswerTimer.Patience? = nil,
        successCodes: Set<Int32> = [0],
        _ talk: (_ input: StandardInputWriter, _ output: inout ByteStream) async throws -> Answer
    ) async throws -> Answer {
        let command = arguments.first { !$0.hasPrefix("-") && !$0.contains("=") } ?? "git"
        guard let program else { throw GitError.notInstalled }
        let patience = patience ?? self.patience
        let timer = AnswerTimer(patience)
        let result: ExecutionResult<Result<Answer, any Error>, SequenceOutput, StringOutput<UTF8>>
        var watch: Task<Void, Never>?
        defer {
            timer.finish()
            watch?.cancel()
        }
        do {
            result = try await run(
                .path(program),
                arguments: Arguments(bareRepositories + Self.hardening + arguments),
                environment: indexFile.map { environment.updating(["GIT_INDEX_FILE": $0]) } ?? environment,
                workingDirectory: FilePath(folder),
                input: .inputWriter,
                output: .sequence,
                error: .string(limit: 1 << 20)
            ) { execution in
                // The watch continues until git has exited.
                watch = Self.watch(execution, timer)
                var output = ByteStream(execution.standardOutput, command: command, timer: timer)
                let answer: Result<Answer, any Error>
                do {
                    answer = .success(try await talk(execution.standardInputWriter, &output))
                } catch {
                    answer = .failure(error)
                }
                // Git has sent everything, or the rest is ignored: it has the time of one answer to exit.
                timer.answered()
                timer.begin()
                return answer
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw GitError.notInstalled
        }
        if timer.isExpired {
            throw GitError.timedOut(
                command: command,
                seconds: Int(patience.answer.components.seconds),
                waitingFor: timer.awaitedFile
            )
        }
        // When git exited with an error, that is the cause, and a broken pipe its effect.
        switch result.terminationStatus {
        case .exited(let code) where successCodes.contains(code): return try Self.get(result.closureResult, command)
        // The caller stopped reading before git had printed everything.
        case .signaled(SIGPIPE): return try Self.get(result.closureResult, command)
        case .signaled(let signal): throw GitError.ended(command: command, signal: signal)
        case .exited:
            let reason = Self.reason(in: result.standardError)
            throw try await missingObject(reason: reason) ?? GitError.failed(command: command, reason: reason)
        }
    }

    /// Returns the error for an object that git did not find; nil when git failed for another reason.
    private func missingObject(reason: String) async throws -> GitError? {
        let id = reason.split { !$0.isHexDigit }.first { $0.utf8.count == 40 || $0.utf8.count == 64 }.map(String.init)
        if reason.hasSuffix("from promisor remote") { return .partialClone(object: id) }
        // A git that does not know GIT_NO_LAZY_FETCH reports a fetch that failed, or only that the object is missing.
        let words = ["unable to read ", "could not read ", "could not fetch ", "bad object ", "missing "]
        guard words.contains(where: { reason.contains($0) }) else { return nil }
        if try await isPartialClone() { return .partialClone(object: id) }
        return id.map { .missingObject($0) }
    }

    /// Returns the result of an exchange; a pipe that git closed too early is an incomplete answer.
    private static func get<Answer>(_ talk: Result<Answer, any Error>, _ command: String) throws -> Answer {
        do {
            return try talk.get()
        } catch is SubprocessError {
            throw GitError.malformedAnswer(command: command)
        }
    }

    /// Kills a process that takes too long, after noting the file that it waits for.
    private static func watch(
        _ execution: Execution<CustomWriteInput, SequenceOutput, StringOutput<UTF8>>,
        _ timer: AnswerTimer
    ) -> Task<Void, Never> {
        let start = ContinuousClock.now
        return Task.detached {
            guard await timer.expiry(since: start) else { return }
            timer.note(awaitedFile: BlockedProcess(id: execution.processIdentifier.value).awaitedFile)
            try? execution.send(signal: .kill)
        }
    }

    /// Returns git's reason: the line that names a damaged object, or else the first one, without the word that begins
    /// it.
    private static func reason(in text: String) -> String {
        let lines = text.split(separator: "\n")
        let line =
            lines.first { $0.hasPrefix("fatal: ") && $0.hasSuffix(GitError.damageSuffix) }
            ?? lines.first { !$0.hasPrefix("warning:") && !$0.hasPrefix("hint:") } ?? "it gave no reason"
        for prefix in ["fatal: ", "error: "] where line.hasPrefix(prefix) {
            return String(line.dropFirst(prefix.count))
        }
        return String(line)
    }
}
