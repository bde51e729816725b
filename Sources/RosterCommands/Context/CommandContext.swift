import Glibc
import RosterModel

/// What a command touches of the world around it: streams, environment, clock, folder.
struct CommandContext: Sendable {
    var environment: @Sendable (_ name: String) -> String?
    var now: @Sendable () -> Timestamp
    var currentFolder: String
    var standardOutput: OutputStream
    var standardError: OutputStream

    /// The process's own.
    static var process: CommandContext {
        CommandContext(
            environment: { name in unsafe getenv(name).map { unsafe String(cString: $0) } },
            now: { Timestamp(secondsSince1970: Int64(time(nil))) },
            currentFolder: currentDirectory() ?? "/",
            standardOutput: OutputStream(descriptor: STDOUT_FILENO),
            standardError: OutputStream(descriptor: STDERR_FILENO)
        )
    }

    /// Today in UTC.
    var today: CalendarDate {
        let seconds = now().secondsSince1970
        return CalendarDate(daysSince1970: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }

    /// Whether the output's host reads workflow commands in it.
    var isGitHubActions: Bool { environment("GITHUB_ACTIONS") == "true" }

    /// Whether to colour what goes to `stream`.
    func usesColor(_ choice: GlobalOptions.ColorChoice, on stream: OutputStream) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto:
            // https://no-color.org: any value but the empty one.
            stream.isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
        }
    }

    private static func currentDirectory() -> String? {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}

/// One of the process's output streams.
struct OutputStream: Sendable {
    let descriptor: Int32

    var isTerminal: Bool { isatty(descriptor) == 1 }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes all of the bytes.
    ///
    /// - Throws: ``CommandFailure`` when they cannot be written.
    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure.cannotWrite("the output", errno: errno) }
            written += count
        }
    }
}
