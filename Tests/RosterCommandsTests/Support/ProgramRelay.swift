import Dispatch
import Foundation
import RosterTestSupport
import Synchronization

@testable import RosterCommands

/// A program named `roster` that runs each of its command lines in the process of the tests.
///
/// Scripts and other programs can start it instead of the built program. It has no standard input.
final class ProgramRelay: Sendable {
    private let folder: ScratchFolder
    private let listener: Int32

    /// Creates the program, which works until the relay is deinitialized.
    init() throws {
        folder = try ScratchFolder()
        let socketPath = folder.path + "/socket"
        listener = try Self.listen(at: socketPath)
        let python = try Tools(folder: "/").tool(["python3", "-c", "import sys; print(sys.executable)"]).output
        let script = "#!" + python + Self.script.replacing("SOCKET", with: socketPath)
        try ExecutableFile.write(script, to: folder.path + "/bin/roster")
        let listener = listener
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                Thread.detachNewThread { Self.serve(connection) }
            }
            close(listener)
        }
    }

    // The thread that waits for connections closes the socket.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// The folder of the program, for `PATH`.
    var binFolder: String { folder.path + "/bin" }
    /// The path of the program.
    var path: String { binFolder + "/roster" }

    private static let script = """
        import json, os, socket, sys
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect("SOCKET")
            call = {"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}
            connection.sendall(json.dumps(call).encode())
            connection.shutdown(socket.SHUT_WR)
            answer = json.load(connection.makefile("rb"))
        sys.stdout.write(answer["output"])
        sys.stdout.flush()
        sys.stderr.write(answer["error"])
        sys.exit(answer["exitCode"])

        """

    private struct Call: Decodable {
        var arguments: [String]
        var folder: String
        var environment: [String: String]
    }

    private struct Answer: Encodable {
        var exitCode: Int32
        var output: String
        var error: String
    }

    private static func listen(at path: String) throws -> Int32 {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard listener >= 0, result == 0, Glibc.listen(listener, 8) == 0 else {
            throw CommandFailure.cannotWrite(path, errno: errno)
        }
        return listener
    }

    private static func serve(_ connection: Int32) {
        let handle = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
        guard let data = try? handle.readToEnd(), let call = try? JSONDecoder().decode(Call.self, from: data) else {
            return
        }
        let run = wait { await RosterProgram.run(call.arguments, in: call.folder, exactly: call.environment) }
        let answer = Answer(exitCode: run.exitCode, output: run.output, error: run.error)
        guard let bytes = try? JSONEncoder().encode(answer) else { return }
        try? handle.write(contentsOf: bytes)
    }

    /// Runs a task on separate threads, and blocks until it ends: all threads of the tests may wait for its result.
    private static func wait(_ body: @escaping @Sendable () async -> ProgramRun) -> ProgramRun {
        let box = ResultBox()
        let semaphore = DispatchSemaphore(value: 0)
        Task(executorPreference: RelayExecutor.shared) {
            let run = await body()
            box.run.withLock { $0 = run }
            semaphore.signal()
        }
        semaphore.wait()
        return box.run.withLock { $0 } ?? ProgramRun(exitCode: -1, output: "", error: "")
    }

    private final class ResultBox: Sendable {
        let run = Mutex<ProgramRun?>(nil)
    }

    private final class RelayExecutor: TaskExecutor {
        static let shared = RelayExecutor()
        private let queue = DispatchQueue(label: "roster.tests.relay", attributes: .concurrent)

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}
