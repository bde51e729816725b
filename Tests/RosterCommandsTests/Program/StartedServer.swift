import Foundation
import RosterTestSupport
import Testing

/// The built `roster serve` in a separate process on a free port; deinitialization kills it.
final class StartedServer: ServerClient {
    let port: Int
    let process: Process
    private let scratch: ScratchFolder

    /// Starts a server in a folder and waits until it listens; `descriptors` is its limit of open files.
    init(
        _ folder: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        descriptors: Int? = nil
    ) async throws {
        scratch = try ScratchFolder()
        try scratch.write("log", "")
        process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = ["serve", "--port", "0"] + arguments
        if let descriptors {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            let script = #"ulimit -n "$0" && exec "$@""#
            process.arguments = ["-c", script, "\(descriptors)", BuiltProgram.path, "serve", "--port", "0"] + arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let inherited = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GIT_") && !$0.key.hasPrefix("ROSTER_") && $0.key != "SOURCE_DATE_EPOCH"
        }
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path + "/log"))
        try process.run()
        var port: Int?
        let (process, scratch) = (process, scratch)
        try await eventually("the server listens") {
            let log = try scratch.read("log")
            port = log.firstMatch(of: /listening on http:\/\/[^ "\n]*:([0-9]+)/).flatMap { Int($0.1) }
            return port != nil || !process.isRunning
        }
        let log = try scratch.read("log")
        self.port = try #require(port, "\(log)")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var log: String { get throws { try scratch.read("log") } }

    /// The resident memory of the process, in bytes.
    var residentBytes: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)
            return try #require(Int(text.split(separator: " ")[1])) * sysconf(Int32(_SC_PAGESIZE))
        }
    }

    /// The largest resident memory that the process had, in bytes.
    var peakBytes: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            return try #require(text.firstMatch(of: /VmHWM:\s+([0-9]+) kB/).flatMap { Int($0.1) }) * 1024
        }
    }

    /// The processor time of the process, in seconds.
    var processorSeconds: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
            let fields = text.split(separator: ")")[1].split(separator: " ")
            let ticks = try #require(Double(fields[11])) + #require(Double(fields[12]))
            return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Asks the process to stop, and returns its exit code.
    func stop() async throws -> Int32 {
        signal(SIGTERM)
        let process = process
        try await eventually("the server ends") { !process.isRunning }
        return process.terminationStatus
    }
}
