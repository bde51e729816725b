import Foundation
import RosterTestSupport
import Testing

/// `roster serve` as it was built, running on a free port for as long as a test needs it.
final class RunningServer {
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
        try eventually("the server listens") {
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

    /// What it has logged.
    var log: String { get throws { try scratch.read("log") } }

    /// How many times a text stands in the log.
    func logCount(of text: String) throws -> Int { try log.components(separatedBy: text).count - 1 }

    /// The bytes of its memory that are in use.
    var residentBytes: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)
            return try #require(Int(text.split(separator: " ")[1])) * sysconf(Int32(_SC_PAGESIZE))
        }
    }

    /// The most bytes of its memory that were ever in use.
    var peakBytes: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            return try #require(text.firstMatch(of: /VmHWM:\s+([0-9]+) kB/).flatMap { Int($0.1) }) * 1024
        }
    }

    /// The seconds that processors worked for it.
    var processorSeconds: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
            let fields = text.split(separator: ")")[1].split(separator: " ")
            let ticks = try #require(Double(fields[11])) + #require(Double(fields[12]))
            return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Asks it to stop, and gives its exit code once it did.
    func stop() async throws -> Int32 {
        signal(SIGTERM)
        let process = process
        try eventually("the server ends") { !process.isRunning }
        return process.terminationStatus
    }

    func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    /// Sends one request on a connection of its own.
    func request(
        _ method: String = "GET",
        _ target: String,
        token: String? = nil,
        fields: [String] = [],
        body: String? = nil,
        type: String? = "application/json"
    ) throws -> HTTPAnswer {
        let connection = try connect()
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        lines += fields
        if let body {
            if let type { lines.append("Content-Type: \(type)") }
            lines.append("Content-Length: \(body.utf8.count)")
        }
        try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
        return try #require(try connection.answer(isToHead: method == "HEAD"))
    }

    static let list = "/api/v1/ai-providers"

    static func item(_ id: String) -> String { list + "/" + id }

    /// Waits until an answer is as it should be, and gives it.
    @discardableResult
    func until(
        _ what: String,
        _ target: String = RunningServer.list,
        token: String? = nil,
        _ isRight: (HTTPAnswer) -> Bool
    ) async throws -> HTTPAnswer {
        var last: HTTPAnswer?
        try eventually(what) {
            let answer = try self.request("GET", target, token: token)
            last = answer
            return isRight(answer)
        }
        return try #require(last)
    }
}

/// Waits for a condition; a generous deadline keeps a broken program from hanging the tests.
///
/// The thread is kept meanwhile: a test that gave it away would get it back only when others do the same, and its
/// connections would be closed for idling in between.
func eventually(_ what: String, within deadline: Duration = .seconds(30), _ isSo: () throws -> Bool) throws {
    let end = ContinuousClock.now + deadline
    while try !isSo() {
        try #require(ContinuousClock.now < end, "not in time: \(what)")
        usleep(10_000)
    }
}
