import Foundation
import RosterTestSupport
import Testing

/// `roster serve` with more clients than file descriptors.
@Suite("roster serve: the limit of open files", .tags(.startsProgram))
struct ServeDescriptorTests {
    @Test("More clients than descriptors neither cause a busy loop nor delay a reload", arguments: [60, 100])
    func clients(descriptors: Int) async throws {
        let repository = try ServedRepository(isOpen: true)
        try repository.commit()
        let server = try await StartedServer(repository.folder.path, descriptors: descriptors)
        #expect(try server.log.contains("the limit of open files is \(descriptors) (ulimit -n)"))
        let first = try server.connect()
        try first.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try await first.answer()?.status == 200)
        // The others wait in the backlog, or receive status 503.
        var others = try (0..<150).map { _ in try server.connect() }
        usleep(500_000)
        let before = try server.processorSeconds
        usleep(2_000_000)
        #expect(try server.processorSeconds - before < 0.5)
        // Descriptors are reserved for a reload.
        let path = "providers/acme/gpt-4o.yaml"
        let text = try repository.folder.read(path)
        try repository.folder.write(path, text.replacing(#/name: .*/#, with: "name: reloaded", maxReplacements: 1))
        var status: HTTPAnswer?
        try await eventually("the change is served") {
            try first.send("GET /api/v1/ai-providers/\(ServedRepository.gpt) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let text = try await first.answer()?.text ?? ""
            try first.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
            status = try await first.answer()
            return text.contains("reloaded")
        }
        let attempt = status?.object["lastAttempt"] as? [String: Any]
        #expect(attempt?["ok"] as? Bool == true, "\(status?.text ?? "")")
        // After they disconnect, other clients are served.
        #expect(others.count == 150)
        others = []
        try await server.until("there is room again", "/status") { $0.status == 200 }
        #expect(try await server.stop() == 0)
    }

    @Test("A descriptor limit that is too low is rejected at start", arguments: [12, 20, 39])
    func tooFew(descriptors: Int) throws {
        let repository = try ServedRepository(isOpen: true)
        let run = try withExtendedLifetime(repository) {
            let script = #"ulimit -n "$0" && exec "$1" serve --port 0"#
            return try repository.program.start("sh", ["-c", script, "\(descriptors)", BuiltProgram.path])
        }
        #expect(run.exitCode == 3, "\(run)")
        #expect(run.error.contains("the limit of open files is \(descriptors)") && run.error.contains("ulimit -n"))
    }

    @Test func doesNotWarnWithEnoughDescriptors() async throws {
        let repository = try ServedRepository(isOpen: true)
        let server = try await StartedServer(repository.folder.path, ["--max-connections", "20"], descriptors: 200)
        #expect(try !server.log.contains("ulimit"))
        #expect(try await server.request("GET", "/status").status == 200)
    }

    @Test func reportsFailedReloadAsText() async throws {
        let repository = try ServedRepository(isOpen: true)
        let registry = repository.folder.path + "/registry.json"
        #expect(try await repository.program.run("compile", "-o", "registry.json").exitCode == 0)
        let server = try await StartedServer(repository.folder.path, ["--registry", "registry.json"])
        try FileManager.default.removeItem(atPath: registry)
        let answer = try await server.until("the load fails", "/status") {
            ($0.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false
        }
        let reason = try #require(answer.object["reason"] as? String)
        #expect(reason.contains("no such file"), "\(reason)")
        for text in [reason, try server.log] {
            #expect(!text.contains("TreeFailure") && !text.contains("code:") && !text.contains("CommandFailure"))
        }
    }

    @Test func reportsMissingFolderAsText() async throws {
        let repository = try ServedRepository(isOpen: true)
        let folder = repository.folder.path
        let server = try await StartedServer(folder)
        try FileManager.default.moveItem(atPath: folder, toPath: folder + "-elsewhere")
        defer { try? FileManager.default.moveItem(atPath: folder + "-elsewhere", toPath: folder) }
        server.signal(SIGHUP)
        let answer = try await server.until("the load fails", "/status") {
            ($0.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false
        }
        let text = answer.text + (try server.log)
        #expect(!text.contains("Failure(") && !text.contains("unreadableRepository"), "\(text)")
        #expect(text.contains("no such file"), "\(text)")
    }
}
