import Foundation
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterCommands

/// `roster serve` in the test process on a free port; deinitialization stops it.
final class RunningServer: ServerClient, Sendable {
    let port: Int
    private let output: OutputBuffer
    private let task: Task<Int32, Never>

    /// Starts a server in a folder and waits until it listens.
    init(_ folder: String, _ arguments: [String] = [], environment: [String: String?] = [:]) async throws {
        let output = OutputBuffer()
        let context = RosterProgram(folder: folder, environment: environment)
            .context(output: OutputBuffer(), error: output)
        let hasEnded = Mutex(false)
        let task = Task {
            let code = await RosterCommand.run(arguments: ["serve", "--port", "0"] + arguments, in: context)
            hasEnded.withLock { $0 = true }
            return code
        }
        (self.output, self.task) = (output, task)
        var port: Int?
        do {
            try await eventually("the server listens") {
                let log = String(decoding: output.bytes, as: UTF8.self)
                port = log.firstMatch(of: /listening on http:\/\/[^ "\n]*:([0-9]+)/).flatMap { Int($0.1) }
                return port != nil || hasEnded.withLock { $0 }
            }
            self.port = try #require(port, "\(String(decoding: output.bytes, as: UTF8.self))")
        } catch {
            task.cancel()
            throw error
        }
    }

    deinit { task.cancel() }

    var log: String { String(decoding: output.bytes, as: UTF8.self) }

    /// Stops the server, and waits until it has finished pending requests.
    func stop() async {
        task.cancel()
        _ = await task.value
    }

    static let list = "/api/v1/ai-providers"

    static func item(_ id: String) -> String { list + "/" + id }
}
