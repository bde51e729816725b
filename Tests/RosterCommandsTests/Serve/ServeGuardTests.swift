import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@Suite("Serving: an open registry stays on loopback")
struct ServeGuardTests {
    private typealias Repository = ServedRepository
    @Test(arguments: ["0.0.0.0", "::", "10.255.255.1"])
    func itIsNotOfferedToOthers(_ host: String) throws {
        let repository = try Repository(isOpen: true)
        let run = try repository.program.run("serve", "--port", "0", "--host", host)
        #expect(run.exitCode == 3 && run.output.isEmpty, "\(run)")
        #expect(run.error.contains("roster policy create") && run.error.contains("roster token create"))
        #expect(!run.error.contains("listening"))
        let registry = try repository.program.run("compile", "-o", "registry.json")
        #expect(registry.exitCode == 0)
        let compiled = try repository.program.run("serve", "--port", "0", "--host", host, "--registry", "registry.json")
        #expect(compiled.exitCode == 3 && compiled.error.contains("roster token create"))
    }

    @Test func aReloadNeverOpensAClosedServer() async throws {
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
                let status = try await server.until("the attempt is told", "/status", token: token) { answer in
                    let attempt = answer.object["lastAttempt"] as? [String: Any]
                    return attempt?["commit"] as? String == head && attempt?["ok"] as? Bool == false
                }
                #expect(status.object["commit"] as? String == first, "the one before is served")
                #expect(try server.request("GET", RunningServer.list, token: token).ids.count == 10)
                #expect(try server.request("GET", "/metrics").text.contains("roster_registry_current 0"))
            } else {
                // `access` without a token is closed to everybody.
                _ = try await server.until("nobody gets in", token: token) { $0.status == 401 }
            }
            #expect(try server.request("GET", RunningServer.list).status == 401)
        }
    }

    @Test func aRefusalToOpenIsSaidOnceAndStays() async throws {
        let repository = try Repository()
        let server = try await RunningServer(repository.folder.path)
        let roster = try repository.folder.read("roster.yaml")
        let open = String(roster[..<(try #require(roster.range(of: "access:\n")).lowerBound)])
        try repository.folder.write("roster.yaml", open)
        try eventually("it is said") { try server.logCount(of: "has no access section") > 0 }
        // What could not be read is tried again every two seconds; this was read, and would be the same.
        usleep(2_500_000)
        #expect(try server.logCount(of: "has no access section") == 1)
        server.signal(SIGHUP)
        try eventually("a reload says it again") { try server.logCount(of: "has no access section") == 2 }
        let status = try server.request("GET", "/status", token: Repository.Token.all.text).object
        #expect((status["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false, "\(status)")
        try repository.folder.write("roster.yaml", roster)
        _ = try await server.until("it is mended", "/status", token: Repository.Token.all.text) { answer in
            (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == true
        }
    }
}
