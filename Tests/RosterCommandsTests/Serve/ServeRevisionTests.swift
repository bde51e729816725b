import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: a revision of git")
struct ServeRevisionTests {
    private typealias Repository = ServedRepository
    private static let file = "providers/acme/gpt-4o.yaml"
    private static let gpt = RunningServer.item(ServedRepository.gpt)

    private func commit(_ name: String, _ repository: Repository) throws -> String {
        try repository.program.tool("sed", "-i", "s/^name: .*/name: \(name)/", Self.file)
        try repository.commit(name)
        return try repository.head()
    }

    private func until(_ revision: String, named name: String, _ server: RunningServer) async throws {
        let answer = try await server.until("\(name) is served", Self.gpt) { $0["Roster-Revision"] == revision }
        #expect(answer.object["name"] as? String == name)
    }

    @Test func followsRevisionAndIgnoresWorkingTree() async throws {
        let repository = try Repository(isOpen: true)
        let first = try commit("first", repository)
        try repository.program.tool("git", "checkout", "--quiet", "-b", "work")
        let server = try await RunningServer(repository.folder.path, ["--rev", "main"])
        try await until(first, named: "first", server)
        let second = try commit("second", repository)
        try repository.program.tool("sed", "-i", "s/^name: .*/name: dirty/", Self.file)
        try repository.program.tool("git", "branch", "--force", "main", second)
        try await until(second, named: "second", server)
        let patch = try await server.request("PATCH", Self.gpt, body: #"{"name":"third"}"#)
        #expect(((patch.object["fileEdit"] as? [String: Any])?["patch"] as? String)?.contains("-name: second") == true)
        // A broken commit is reported and the previous one is served; moving the branch back repairs it.
        try repository.folder.write(Self.file, "nonsense\n")
        try repository.commit("broken")
        let broken = try repository.head()
        try repository.program.tool("git", "branch", "--force", "main", broken)
        try await server.until("it is reported", "/status") { answer in
            let attempt = answer.object["lastAttempt"] as? [String: Any]
            return attempt?["commit"] as? String == broken && attempt?["ok"] as? Bool == false
        }
        try await until(second, named: "second", server)
        try repository.program.tool("git", "branch", "--force", "main", first)
        try await until(first, named: "first", server)
        try repository.program.tool("git", "branch", "--delete", "--force", "main")
        try await server.until("a deleted branch is reported", "/status") { answer in
            (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false
        }
        try await until(first, named: "first", server)
        try repository.program.tool("git", "branch", "main", second)
        try await until(second, named: "second", server)
    }

    @Test("A bare clone is reloaded after a fetch or a push", arguments: ["clone", "mirror", "init"])
    func bare(_ kind: String) async throws {
        let repository = try Repository()
        let first = try commit("first", repository)
        let bare = try ScratchFolder()
        let program = RosterProgram(folder: bare.path)
        switch kind {
        case "clone": try program.tool("git", "clone", "--quiet", "--bare", repository.folder.path, "roster.git")
        case "mirror": try program.tool("git", "clone", "--quiet", "--mirror", repository.folder.path, "roster.git")
        default:
            try program.tool("git", "init", "--quiet", "--bare", "--initial-branch=main", "roster.git")
            try repository.program.tool("git", "push", "--quiet", bare.path + "/roster.git", "main")
        }
        let path = bare.path + "/roster.git"
        let arguments = kind == "init" ? ["--rev", "main"] : ["--rev", "main", "--repo", path]
        let server = try await RunningServer(kind == "init" ? path : "/", arguments)
        let token = Repository.Token.all.text
        func until(_ revision: String, named name: String) async throws {
            let answer = try await server.until("\(name) is served", Self.gpt, token: token) {
                $0["Roster-Revision"] == revision
            }
            #expect(answer.object["name"] as? String == name)
        }
        try await until(first, named: "first")
        let second = try commit("second", repository)
        if kind == "mirror" {
            try RosterProgram(folder: path).tool("git", "fetch", "--quiet")
        } else {
            try repository.program.tool("git", "push", "--quiet", path, "main")
        }
        try await until(second, named: "second")
        let body = #"{"name":"third"}"#
        let edit =
            try await server.request("PATCH", Self.gpt, token: token, body: body).object["fileEdit"] as? [String: Any]
        #expect((edit?["patch"] as? String)?.hasPrefix("--- a/providers/acme/gpt-4o.yaml\n") == true)
        await server.stop()
        let check = try await RosterProgram(folder: "/").run("check", "--repo", path, "--rev", "main")
        #expect(check.exitCode == 0, "\(check.error)")
        let noRevision = try await RosterProgram(folder: "/").run("serve", "--port", "0", "--repo", path)
        #expect(noRevision.exitCode == 3 && noRevision.error.contains("roster.yaml"))
    }

    @Test func rejectsPathInsideBareRepository() async throws {
        let repository = try Repository(isOpen: true)
        _ = try commit("first", repository)
        let outer = try ScratchFolder()
        let program = RosterProgram(folder: outer.path)
        try program.tool("git", "clone", "--quiet", "--bare", repository.folder.path, "roster.git")
        try program.tool("mkdir", "roster.git/inside")
        for folder in [outer.path, outer.path + "/roster.git/inside", outer.path + "/roster.git/objects"] {
            let run = try await RosterProgram(folder: folder).run("check", "--repo", folder, "--rev", "main")
            #expect(run.exitCode == 3, "\(folder): \(run.error)")
        }
        let unknown = try await program.run("serve", "--port", "0", "--repo", "roster.git", "--rev", "nowhere")
        #expect(unknown.exitCode == 3 && unknown.error.contains("nowhere"))
    }

    @Test("A server starts with a repository that does not compile", arguments: [true, false])
    func broken(isOpen: Bool) async throws {
        let repository = try Repository(isOpen: isOpen)
        let text = try repository.folder.read(Self.file)
        try repository.folder.write(Self.file, "nonsense: [\n")
        let server = try await RunningServer(repository.folder.path)
        let token = isOpen ? nil : Repository.Token.all.text
        #expect(try await server.request("GET", "/livez").status == 200)
        for (method, path) in [
            ("GET", "/readyz"), ("GET", RunningServer.list), ("HEAD", Self.gpt), ("DELETE", Self.gpt),
        ] {
            let answer = try await server.request(method, path, token: token)
            #expect(answer.status == 503 && answer["Retry-After"].flatMap { Int($0) } != nil, "\(path)")
            #expect(answer["Cache-Control"] == "no-store")
        }
        #expect(try await server.request("PUT", RunningServer.list, token: token).status == 405)
        #expect(try await server.request("GET", "/nowhere").status == 404)
        let status = try await server.request("GET", "/status", token: token)
        #expect(status.status == 200 && status.object["ready"] as? Bool == false)
        #expect(status.object["digest"] is NSNull && !status.text.contains("nonsense"))
        #expect(server.log.contains("gpt-4o.yaml"))
        if isOpen {
            // The registry would be open, so a request with another host name is rejected.
            let connection = try server.connect()
            try connection.send("GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n")
            #expect(try await connection.answer()?.status == 421)
        }
        try repository.folder.write(Self.file, text)
        try await server.until("it is repaired", Self.gpt, token: token) { $0.status == 200 }
        #expect(try await server.request("GET", "/readyz").status == 200)
        #expect(try await server.request("GET", RunningServer.list).status == (isOpen ? 200 : 401))
    }
}
