import Glibc
package import RosterFleet
package import RosterModel
import RosterWorkspace
package import SealedBoxes

/// The world around a command: its streams, environment, clock, folder and process.
package struct CommandContext: Sendable {
    /// The environment variables, which git's program inherits a part of.
    package var variables: EnvironmentVariables
    /// The clock.
    package var now: @Sendable () -> Timestamp
    /// The clock in milliseconds, which orders publications.
    package var clock: MillisecondClock
    /// The absolute path of the folder that relative paths are resolved against, without a slash at its end.
    package var currentFolder: String
    package var standardInput: InputStream
    package var standardOutput: OutputStream
    package var standardError: OutputStream
    /// The width of help texts; nil for the width of the process's terminal.
    package var columns: Int?
    /// Returns a new id with a prefix.
    package var makeID: @Sendable (_ prefix: String) -> String
    /// The operations on the process that the command runs in.
    package var process: ProcessControl
    /// The build of the program, with the action that new repositories pin.
    package var build = RosterBuild.current
    /// The number of processors that the command may use.
    package var cores: Int
    /// The state of memory for secrets.
    package var unlockedMemory = UnlockedMemory()

    /// Creates a context for commands that run inside another program, whose process they leave as it is.
    package init(
        variables: EnvironmentVariables,
        currentFolder: String,
        standardInput: InputStream,
        standardOutput: OutputStream,
        standardError: OutputStream
    ) {
        self.variables = variables
        now = { Timestamp(secondsSince1970: Int64(time(nil))) }
        clock = .system
        self.currentFolder = Self.withoutLastSlashes(currentFolder)
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        columns = 80
        makeID = { RandomID.make(prefix: $0) }
        process = .none
        cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    private static func withoutLastSlashes(_ path: String) -> String {
        path.lastIndex { $0 != "/" }.map { String(path[...$0]) } ?? "/"
    }

    /// The context of the process.
    static var process: CommandContext {
        var context = CommandContext(
            variables: .process,
            currentFolder: currentDirectory() ?? "/",
            standardInput: InputStream(descriptor: STDIN_FILENO),
            standardOutput: OutputStream(descriptor: STDOUT_FILENO),
            standardError: OutputStream(descriptor: STDERR_FILENO)
        )
        context.columns = nil
        context.process = .current
        return context
    }

    /// The value of an environment variable; nil when it is not set.
    var environment: @Sendable (_ name: String) -> String? {
        { [variables] name in variables.value(of: name) }
    }

    /// The day in UTC.
    var today: CalendarDate {
        let seconds = now().secondsSince1970
        return CalendarDate(daysSince1970: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }

    /// A Boolean value that indicates whether the user can be asked questions on the terminal.
    var isInteractive: Bool { standardInput.isTerminal && standardError.isTerminal }

    /// A Boolean value that indicates whether the output's host reads workflow commands in it.
    var isGitHubActions: Bool { environment("GITHUB_ACTIONS") == "true" }

    /// Returns whether to color the output to a stream.
    func usesColor(_ choice: GlobalOptions.ColorChoice, on stream: OutputStream) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto:
            // https://no-color.org: any value but the empty one.
            stream.isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
        }
    }

    /// Returns a path that is absolute, without resolving links or dots.
    func absolutePath(_ path: String) -> String { path.hasPrefix("/") ? path : currentFolder + "/" + path }

    /// Returns the sources of identities, of which files given on the command line come first.
    func identitySources(_ files: [String]) -> IdentitySources {
        IdentitySources(files: files, variables: variables, currentFolder: currentFolder)
    }

    /// The writer of new identities.
    var identityWriter: IdentityWriter {
        IdentityWriter(below: currentFolder, userFolder: identitySources([]).folder, today: today)
    }

    private static func currentDirectory() -> String? {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
