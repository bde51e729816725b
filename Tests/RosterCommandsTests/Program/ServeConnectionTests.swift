import Foundation
import RosterBytes
import RosterTestSupport
import SealedBoxes
import Testing

/// Responses that are larger than the socket buffers, so that sending takes as long as the client takes to read.
@Suite("roster serve: slow, closing and persistent connections", .tags(.startsProgram))
struct ServeConnectionTests {
    private typealias Repository = ServedRepository

    /// A registry whose list has about 2.4 MB.
    private func repository() throws -> Repository {
        let repository = try Repository(isOpen: true)
        let filling = String(repeating: "x", count: 60_000)
        for number in 100..<140 {
            try repository.folder.write(
                "providers/acme/large-\(number).yaml",
                "id: aip_LargeLargeLar\(number)\nname: large\nprovider: ollama\ndefaultModel: m\nconfig: {a: \(filling)}\n"
            )
        }
        return repository
    }

    private static let get = "GET \(RunningServer.list) HTTP/1.1\r\nHost: localhost\r\n"

    @Test func slowReaderReceivesWholeResponse() async throws {
        let repository = try repository()
        let server = try await StartedServer(repository.folder.path, ["--idle-timeout", "6", "--head-timeout", "1"])
        let stopped = try await StartedServer(repository.folder.path)
        // Longer than the time-outs for idling, draining and stopping without pending requests.
        let pieces = 14
        let (port, stoppedPort, stoppedID) = (server.port, stopped.port, stopped.process.processIdentifier)
        await withTaskGroup { group in
            for name in ["closes", "sends no more", "is kept", "is stopped"] {
                group.addTask {
                    do {
                        let port = name == "is stopped" ? stoppedPort : port
                        let connection = try RawConnection(port: port, receiveBuffer: 4_096)
                        let request = Self.get + (name == "closes" ? "Connection: close\r\n\r\n" : "\r\n")
                        let answer = try await connection.answer(to: request, pieces: pieces) {
                            if name == "sends no more" { connection.finishSending() }
                            if name == "is stopped" { kill(stoppedID, SIGTERM) }
                        }
                        let received = try #require(answer)
                        #expect(received.status == 200 && received.body.count > 2_400_000)
                        #expect(received["ETag"] == "\"sha256:" + Digest.sha256(of: received.body.span).hex + "\"")
                    } catch {
                        Issue.record("one that \(name): \(error)")
                    }
                }
            }
        }
        let process = stopped.process
        try await eventually("the stopped server ends") { !process.isRunning }
        #expect(process.terminationStatus == 0)
    }

    @Test func answersRequestsSentBeforeEndOfInput() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await StartedServer(repository.folder.path)
        let live = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let patch =
            "PATCH \(RunningServer.item(Repository.gpt)) HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}"
        let connection = try server.connect()
        try connection.send(live + patch + live + patch + live)
        connection.finishSending()
        var statuses: [Int] = []
        while let answer = try await connection.answer() { statuses.append(answer.status) }
        #expect(statuses == [200, 405, 200, 405, 200])
        // A server that stops finishes the pending request, and answers with `Connection: close`.
        let halfway = try server.connect()
        try halfway.send(live + String(patch.dropLast(5)))
        #expect(try await halfway.answer()?.status == 200)
        let idle = try server.connect()
        try idle.send(live)
        #expect(try await idle.answer()?["Connection"] == nil)
        server.signal(SIGTERM)
        try await eventually("it stops") { try server.log.contains("stopping") }
        usleep(100_000)
        #expect(throws: RawConnection.Failure.self) { try server.connect() }
        try halfway.send(String(patch.suffix(5)))
        let last = try await halfway.answer()
        #expect(last?.status == 405 && last?["Connection"] == "close")
        #expect(try await halfway.answer() == nil)
        #expect(try await idle.answer() == nil)
        #expect(try await server.stop() == 0)
    }

    @Test func clientThatDoesNotReadUsesBoundedMemory() async throws {
        let repository = try repository()
        let server = try await StartedServer(repository.folder.path, ["--idle-timeout", "2"])
        let list = Self.get + "\r\n"
        _ = try await server.request("GET", RunningServer.list)
        func kibibytes() throws -> Int {
            let status = try String(contentsOfFile: "/proc/\(server.process.processIdentifier)/status", encoding: .utf8)
            return status.firstMatch(of: /VmRSS:\s+([0-9]+)/).flatMap { Int($0.1) } ?? .max
        }
        let before = try kibibytes()
        let connection = try server.connect(receiveBuffer: 4_096)
        try connection.send(String(repeating: list, count: 1_000))
        usleep(1_000_000)
        // A thousand lists are 2.4 GB. The server keeps one of them and the contents of the socket buffers.
        let after = try kibibytes()
        #expect(after - before < 50_000, "\(before) KiB, then \(after)")
        #expect(try await server.request("GET", "/livez").status == 200)
        try await eventually("it is closed for idling") {
            try await server.request("GET", "/metrics").text.contains("roster_http_connections 1\n")
        }
    }
}
