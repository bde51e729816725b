import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: write requests return file edits")
struct ServeWritingTests {
    private typealias Repository = ServedRepository
    private static let token = ServedRepository.Token.all.text

    @Test("The patch and the command produce the requested record", arguments: ["", "config/llm/"])
    func edits(prefix: String) async throws {
        let git = try repositoryOfGit(below: prefix)
        let server = try await RunningServer(git.path + "/" + prefix)
        let before = try everything(git)
        for wanted in WantedRecord.all {
            let answer = try await request(wanted, of: server)
            #expect(answer.status == 405 && answer["Allow"] == "GET, HEAD", "\(answer.text)")
            #expect(answer["Content-Type"] == "application/problem+json" && answer["Cache-Control"] == "no-store")
            #expect(answer.object["title"] as? String == "This registry is changed by pull request")
            let edit = try #require(answer.object["fileEdit"] as? [String: Any])
            #expect(Set(edit.keys) == ["path", "operation", "patch", "command", "arguments"])
            let path = try #require(edit["path"] as? String)
            let (patched, commanded) = (try clone(git), try clone(git))
            let patch = Data((edit["patch"] as? String ?? "").utf8)
            try RosterProgram(folder: patched.path).tool(["git", "apply", "--index", "-"], input: patch)
            let changed = try RosterProgram(folder: patched.path).tool("git", "diff", "--cached", "--name-only").output
            #expect(changed == path + "\n" && path.hasPrefix(prefix + "providers/"), "nothing else is touched")
            let command = try #require(edit["command"] as? String)
            let arguments = try #require(edit["arguments"] as? [String])
            try expect(command, toPass: arguments)
            let run = try await RosterProgram(folder: commanded.path + "/" + prefix).run(Array(arguments.dropFirst()))
            #expect(run.exitCode == 0, "\(command): \(run)")
            // The patch and the command each generate a new id.
            let texts = [patched, commanded].map { folder in
                (try? folder.read(path)).map { wanted.id == nil ? $0.replacing(/id: aip_\w{16}/, with: "") : $0 }
            }
            #expect(texts[0] == texts[1] && (texts[0] == nil) == (wanted.method == "DELETE"), "\(command)")
            let program = RosterProgram(folder: patched.path + "/" + prefix)
            let check = try await program.run("check")
            #expect(check.exitCode == 0, "\(check.output)\(check.error)")
            try await expect(wanted, at: path, in: patched, program, server)
        }
        #expect(try everything(git) == before, "nothing on disk has changed")
        #expect(try git.read(prefix + "providers/acme/gpt-4o.yaml").contains("# ours\r\ndefaultModel:  "))
    }

    /// Checks that a shell passes exactly some arguments to the command of a command line.
    private func expect(_ command: String, toPass arguments: [String]) throws {
        let run = try Tools(folder: "/").tool(["sh", "-c", "roster() { printf '%s\\0' \"$@\"; }; " + command])
        let words = run.output.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
        #expect(["roster"] + words == arguments, "\(command)")
    }

    /// Returns the committed example, with unusual formatting in one file.
    private func repositoryOfGit(below prefix: String) throws -> ScratchFolder {
        let (repository, git) = (try Repository(), try ScratchFolder())
        let program = RosterProgram(folder: git.path)
        try program.tool("mkdir", "-p", git.path + "/" + prefix)
        try program.tool("cp", "-R", repository.folder.path + "/.", git.path + "/" + prefix)
        let path = prefix + "providers/acme/gpt-4o.yaml"
        let text = try git.read(path).replacing("defaultModel:", with: "# ours\ndefaultModel:  ")
        try git.write(path, text.replacing("\n", with: "\r\n"))
        for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All"]] {
            try program.tool(["git"] + arguments)
        }
        return git
    }

    private func request(_ wanted: WantedRecord, of server: RunningServer) async throws -> HTTPAnswer {
        let target = wanted.id.map { RunningServer.item($0) } ?? RunningServer.list
        return try await server.request(wanted.method, target, token: Self.token, body: wanted.body)
    }

    /// Expects that the requested fields have the requested values, and that all others are unchanged.
    private func expect(
        _ wanted: WantedRecord,
        at path: String,
        in folder: ScratchFolder,
        _ program: RosterProgram,
        _ server: RunningServer
    ) async throws {
        let records =
            try object(try await program.run("provider", "list", "--format", "json").output) as? [[String: Any]] ?? []
        let id = try wanted.id ?? folder.read(path).firstMatch(of: /id: (aip_\w{16})/).map { String($0.1) }
        var record = records.first { $0["id"] as? String == id }
        // The API's record has no handle.
        record?["handle"] = nil
        guard wanted.method != "DELETE" else {
            #expect(record == nil && records.count == 9)
            return
        }
        var expected = try object(wanted.expected) as? [String: Any] ?? [:]
        if let id = wanted.id {
            let before = try await server.request("GET", RunningServer.item(id), token: Self.token).object
            expected.merge(before) { asked, _ in asked }
        }
        for dated in ["createdAt", "updatedAt"] { expected[dated] = record?[dated] }
        expected["id"] = id
        #expect(record as NSDictionary? == expected as NSDictionary)
    }

    private func object(_ json: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(json.utf8)) }

    private func everything(_ folder: ScratchFolder) throws -> String {
        try RosterProgram(folder: folder.path).tool("find", ".", "-type", "f", "-printf", "%p %T@ %s %i\\n").output
    }

    private func clone(_ folder: ScratchFolder) throws -> ScratchFolder {
        let clone = try ScratchFolder()
        try RosterProgram(folder: "/").tool("git", "clone", "--quiet", folder.path, clone.path)
        return clone
    }

    @Test func compiledRegistryReturnsCommandWithoutPatch() async throws {
        let repository = try Repository()
        #expect(try await repository.program.run("compile", "-o", "registry.json").exitCode == 0)
        let server = try await RunningServer(repository.folder.path, ["--registry", "registry.json"])
        let gpt = RunningServer.item(Repository.gpt)
        let answer = try await server.request("PATCH", gpt, token: Self.token, body: #"{"name":"it's"}"#)
        let edit = try #require(answer.object["fileEdit"] as? [String: Any], "\(answer.text)")
        #expect(answer.status == 405 && edit["patch"] is NSNull)
        #expect(edit["path"] as? String == "providers/acme/gpt-4o.yaml" && edit["operation"] as? String == "update")
        #expect(edit["command"] as? String == #"roster provider update acme/gpt-4o --name 'it'\''s'"#)
        #expect(edit["arguments"] as? [String] == ["roster", "provider", "update", "acme/gpt-4o", "--name", "it's"])
        for wanted in WantedRecord.all {
            let edit = try #require(try await request(wanted, of: server).object["fileEdit"] as? [String: Any])
            #expect(edit["patch"] is NSNull && (edit["command"] as? String)?.hasPrefix("roster provider ") == true)
        }
    }
}
