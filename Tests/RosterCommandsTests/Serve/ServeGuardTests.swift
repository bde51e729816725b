import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@Suite("roster serve: an open registry stays on loopback")
struct ServeGuardTests {
    private typealias Repository = ServedRepository
    @Test(arguments: ["0.0.0.0", "::", "10.255.255.1"])
    func rejectsOpenRegistryOnNonLoopbackAddress(_ host: String) async throws {
        let repository = try Repository(isOpen: true)
        let run = try await repository.program.run("serve", "--port", "0", "--host", host)
        #expect(run.exitCode == 3 && run.output.isEmpty, "\(run)")
        #expect(run.error.contains("roster policy create") && run.error.contains("roster token create"))
        #expect(!run.error.contains("listening"))
        let registry = try await repository.program.run("compile", "-o", "registry.json")
        #expect(registry.exitCode == 0)
        let compiled = try await repository.program.run(
            "serve",
            "--port",
            "0",
            "--host",
            host,
            "--registry",
            "registry.json"
        )
        #expect(compiled.exitCode == 3 && compiled.error.contains("roster token create"))
    }

    @Test func reloadDoesNotOpenClosedServer() async throws {
        let repository = try Repository()
        try repository.commit()
        let server = try await RunningServer(repository.folder.path)
        let token = Repository.Token.all.text
        let roster = try repository.folder.read("roster.yaml")
        let first = try repository.head()
        let open = String(roster[..<(try #require(roster.range(of: "access:\n")).lowerBound)])
        for (index, text) in [open, open + "access: null\n", open + "access: {}\n"].enumerated() {
            try repository.folder.write("roster.yaml", text)
            try repository.commit("Open \(index)")
            let head = try repository.head()
            if index < 2 {
                let status = try await server.until("the attempt is reported", "/status", token: token) { answer in
                    let attempt = answer.object["lastAttempt"] as? [String: Any]
                    return attempt?["commit"] as? String == head && attempt?["ok"] as? Bool == false
                }
                #expect(status.object["commit"] as? String == first, "the previous commit is served")
                #expect(try await server.request("GET", RunningServer.list, token: token).ids.count == 10)
                #expect(try await server.request("GET", "/metrics").text.contains("roster_registry_current 0"))
            } else {
                // `access` without tokens rejects every client.
                _ = try await server.until("every token is rejected", token: token) { $0.status == 401 }
            }
            #expect(try await server.request("GET", RunningServer.list).status == 401)
        }
    }
}
