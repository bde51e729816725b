import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: reloading on SIGHUP", .tags(.startsProgram))
struct ServeSignalTests {
    private typealias Repository = ServedRepository
    private static let file = "providers/acme/gpt-4o.yaml"
    private static let gpt = RunningServer.item(ServedRepository.gpt)

    /// Waits until the record has a name.
    private func until(named name: String, _ server: StartedServer) async throws {
        try await server.until("the name is \(name)", Self.gpt) { $0.object["name"] as? String == name }
    }

    @Test func logsRejectedOpenRegistryOncePerReload() async throws {
        let repository = try Repository()
        let server = try await StartedServer(repository.folder.path)
        let roster = try repository.folder.read("roster.yaml")
        let open = String(roster[..<(try #require(roster.range(of: "access:\n")).lowerBound)])
        try repository.folder.write("roster.yaml", open)
        try await eventually("the rejection is logged") { try server.logCount(of: "has no access section") > 0 }
        // Only a registry that cannot be read is loaded again every two seconds. This one was read.
        usleep(2_500_000)
        #expect(try server.logCount(of: "has no access section") == 1)
        server.signal(SIGHUP)
        try await eventually("a reload logs it again") { try server.logCount(of: "has no access section") == 2 }
        let status = try await server.request("GET", "/status", token: Repository.Token.all.text).object
        #expect((status["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false, "\(status)")
        try repository.folder.write("roster.yaml", roster)
        _ = try await server.until("it is fixed", "/status", token: Repository.Token.all.text) { answer in
            (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == true
        }
    }

    @Test func servesReplacedRegistry() async throws {
        let repository = try Repository(isOpen: true)
        let folder = repository.folder
        func compile(_ name: String, to path: String) async throws {
            try repository.program.tool("sed", "-i", "s/^name: .*/name: \(name)/", Self.file)
            #expect(try await repository.program.run("compile", "-o", path).exitCode == 0)
        }
        try repository.program.tool("mkdir", "v1", "v2")
        try await compile("one", to: "v1/registry.json")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/current", withDestinationPath: "v1")
        let server = try await StartedServer(folder.path, ["--registry", "current/registry.json"])
        try await until(named: "one", server)
        try await compile("two", to: "current/registry.json")
        try await until(named: "two", server)
        try await compile("three", to: "three.json")
        try folder.write("v1/registry.json", try folder.read("three.json"))
        try await until(named: "three", server)
        try folder.write("v1/registry.json", String(try folder.read("three.json").dropLast(20)))
        try await server.until("a truncated file is rejected", "/status") { answer in
            (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false
        }
        try await until(named: "three", server)
        try await compile("four", to: "v1/registry.json")
        try await until(named: "four", server)
        try await compile("five", to: "v2/registry.json")
        try repository.program.tool("ln", "-sfn", "v2", "current")
        server.signal(SIGHUP)
        try await until(named: "five", server)
    }
}
