import Foundation
import RosterJSON
import RosterModel
import RosterTestSupport
import RosterWorkspace
import Testing

@testable import RosterCommands
@testable import RosterServer

@Suite("roster mcp: the stdio transport")
struct MCPStreamTests {
    private static let provider = "aip_5mLd1oQaRw7yXz2B"
    private static let handshake = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
        "clientInfo":{"name":"t","version":"1"}}}
        """

    private static func call(_ tool: String, _ arguments: String = "", id: Int = 1) -> String {
        """
        {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":{"name":"\(tool)","arguments":{\(arguments)}}}
        """
    }

    /// The result of a tool call.
    private struct Result {
        var isFailure: Bool
        var texts: [String]
        var edit: JSONObject?

        init(_ line: some StringProtocol) throws {
            let result = try #require(try JSONReader.read(String(line)).object?["result"]?.object, "\(line)")
            guard case .array(let blocks)? = result["content"] else { throw CommandFailure(exitCode: 1) }
            isFailure = result["isError"] == .boolean(true)
            texts = blocks.compactMap { $0.object?["text"]?.string }
            edit = result["structuredContent"]?.object
        }
    }

    /// Runs the program with a handshake and some lines as input, and returns the response lines.
    private func answers(_ program: RosterProgram, _ lines: [String]) async throws -> [Substring] {
        let input = ([Self.handshake] + lines).joined(separator: "\n") + "\n"
        let run = try await program.run("mcp", input: Data(input.utf8))
        #expect(run.exitCode == 0 && run.error == "", "\(run.error)")
        return run.output.split(separator: "\n").dropFirst().map { $0 }
    }

    private func repository() throws -> (folder: ScratchFolder, program: RosterProgram) {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet")
        try program.tool("git", "add", ".")
        try program.tool("git", "commit", "--quiet", "-m", "Start")
        return (folder, program)
    }

    @Test func editsMatchCommandLine() async throws {
        let (folder, program) = try repository()
        let (other, command) = try repository()
        for (folder, _) in [(folder, program), (other, command)] {
            try folder.write("providers/acme/local.yaml", "# ours\n" + ScratchFolder.provider + "# the end\n")
        }
        let members = """
            "name":"Other # name","config":{"retry":{"max":3}},"baseUrl":"http://localhost:1234"
            """
        let line = Self.call("update-ai-provider", "\"id\":\"\(Self.provider)\",\(members)")
        let update = try Result(try await #require(answers(program, [line]).first))
        let arguments = ["--name", "Other # name", "--base-url", "http://localhost:1234", "--config", "retry.max=3"]
        let run = try await command.run(["provider", "update", "acme/local"] + arguments)
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(!update.isFailure, "\(update.texts)")
        #expect(try folder.read("providers/acme/local.yaml") == other.read("providers/acme/local.yaml"))
        #expect(update.edit?["patch"]?.string == run.output)
        #expect(update.texts.last?.hasPrefix("updated providers/acme/local.yaml in the working tree") == true)

        let made = """
            "projectId":"proj_V1StGXR8Z5jdHi6B","name":"B","provider":"ollama","defaultModel":"m"
            """
        let create = try Result(try await #require(answers(program, [Self.call("create-ai-provider", made)]).first))
        #expect(create.edit?["path"] == "providers/acme/b.yaml" && create.edit?["operation"] == "create")
        let text = try folder.read("providers/acme/b.yaml")
        #expect(text.contains(/\nid: aip_[A-Za-z0-9]{16}\nname: B\nprovider: ollama\ndefaultModel: m\n$/))
        #expect(try await program.run("check", "--strict").exitCode == 0)

        let delete = try Result(
            try await #require(answers(program, [Self.call("delete-ai-provider", "\"id\":\"\(Self.provider)\"")]).first)
        )
        #expect(!delete.isFailure && !folder.exists("providers/acme/local.yaml"))
        // The reported diff reverts the edit.
        let patch = try #require(delete.edit?["patch"]?.string)
        try program.tool("git", "apply", "--reverse", input: Data(patch.utf8))
        #expect(try folder.read("providers/acme/local.yaml") == other.read("providers/acme/local.yaml"))
        #expect(try program.tool("git", "log", "--format=%s").output == "Start\n", "nothing is committed")
    }

    @Test func rejectionsMatchCommandLineAndWriteNothing() async throws {
        let (folder, program) = try repository()
        let before = try folder.read("providers/acme/local.yaml")
        let update = { (members: String) in Self.call("update-ai-provider", "\"id\":\"\(Self.provider)\"," + members) }
        let refusals = [
            (update("\"provider\":\"antropic\""), ["--provider", "antropic"]),
            (update("\"provider\":\"openai\""), ["--provider", "openai"]),
            (update("\"baseUrl\":\"ftp://x\""), ["--base-url", "ftp://x"]),
            (update("\"config\":{\"apiKey\":\"x\"}"), ["--config", "apiKey=x"]),
        ]
        for (line, arguments) in refusals {
            let result = try Result(try await #require(answers(program, [line]).first))
            let run = try await program.run(["provider", "update", "acme/local"] + arguments)
            #expect(run.exitCode != 0 && result.isFailure)
            let message = try #require(result.texts.first).replacing("\"secretId\"", with: "\"secret\"")
            #expect(run.error.contains(": \(message)\n"), "\(message) is not in \(run.error)")
            #expect(try folder.read("providers/acme/local.yaml") == before)
        }
        let force = update("\"force\":true,\"provider\":\"openai\"")
        let forced = try Result(try await #require(answers(program, [force]).first))
        #expect(forced.isFailure && forced.texts.first?.contains("\"force\"") == true)
        let same = try Result(try await #require(answers(program, [update("\"name\":\"Local model\"")]).first))
        #expect(!same.isFailure && same.edit?["patch"] == "")
        #expect(same.texts.last == "the record has these values already: there is nothing to change")
        #expect(try program.tool("git", "status", "--porcelain").output.isEmpty)
    }

    @Test func errorInOtherFileMatchesCommandLine() async throws {
        let (folder, program) = try repository()
        let policy = try await program.run("policy", "create", "p", "--allow", "*", "--resource", "acme/local")
        #expect(policy.exitCode == 0, "\(policy.error)")
        let line = Self.call("delete-ai-provider", "\"id\":\"\(Self.provider)\"")
        let result = try Result(try await #require(answers(program, [line]).first))
        let run = try await program.run("provider", "delete", "acme/local")
        #expect(run.exitCode == 1 && result.isFailure)
        let message = try #require(result.texts.first)
        #expect(run.error.contains("error[unknown-resource]: \(message)\n"), "\(message) is not in \(run.error)")
        #expect(result.texts.last?.contains("\"path\":\"roster.yaml\"") == true)
        #expect(folder.exists("providers/acme/local.yaml"))
    }

    @Test func reportsNewWarning() async throws {
        let (folder, program) = try repository()
        defer { #expect(folder.exists("roster.yaml")) }
        let members = "\"id\":\"\(Self.provider)\",\"baseUrl\":\"http://example.com\""
        let result = try Result(try await #require(answers(program, [Self.call("update-ai-provider", members)]).first))
        #expect(!result.isFailure)
        let text = try #require(result.texts.last)
        #expect(text.hasPrefix("check reports now: [{\"rule\":\"insecure-base-url\""), "\(text)")
    }

    @Test func answersEachLineAndWritesNothingElse() async throws {
        let (folder, program) = try repository()
        defer { #expect(folder.exists("roster.yaml")) }
        let long = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"\(String(repeating: "x", count: 1024 * 1024))\"}"
        let lines = [
            "", "  ", "{", "7", long, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\r",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\r",
            "[{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}]", Self.call("no-such"),
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"no\"}", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        ]
        var input = Data(([Self.handshake] + lines).joined(separator: "\n").utf8)
        input += Data([0x0A, 0xFF, 0x7B, 0x0A]) + Data("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}".utf8)
        let run = try await program.run("mcp", input: input)
        #expect(run.exitCode == 0 && run.error == "")
        let answers = try run.output.split(separator: "\n").dropFirst().map { line in
            try #require(try JSONReader.read(String(line)).object)
        }
        #expect(answers.map { $0["id"] } == [nil, nil, nil, "p", nil, 1, 3, nil, nil, 4])
        let codes = answers.map { $0["error"]?.object?["code"] }
        #expect(codes == [-32700, -32600, -32600, nil, -32600, -32602, -32601, -32600, -32700, nil])
    }

    @Test func readsProtocolVersionOfEachRequestWithoutHandshake() async throws {
        let (folder, program) = try repository()
        defer { #expect(folder.exists("roster.yaml")) }
        let meta = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}
            """
        let lines = [
            Self.call("list-ai-providers"), "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\",\"params\":{\(meta)}}",
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/list\",\"params\":{\(meta.replacing("2026", with: "1926"))}}",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"server/discover\"}",
            Self.handshake,
            "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"server/discover\",\"params\":{\(meta)}}",
            Self.call("list-ai-providers", id: 7),
        ]
        let run = try await program.run("mcp", input: Data(lines.joined(separator: "\n").utf8))
        let answers = try run.output.split(separator: "\n").map { try #require(try JSONReader.read(String($0)).object) }
        #expect(answers.map { $0["error"]?.object?["code"] } == [-32602, nil, nil, -32022, -32602, nil, nil, nil])
        let types = answers.map { $0["result"]?.object?["resultType"] }
        #expect(types == [nil, nil, "complete", nil, nil, nil, "complete", nil])
    }

    @Test func tokenLimitsPermissionsOfAgent() async throws {
        let (folder, program) = try repository()
        let reader = ["aiProviders:ListAiProviders", "aiProviders:GetAiProvider"]
        let policy = try await program.run(
            ["policy", "create", "reader", "--allow"] + reader + ["--resource", "acme/*"]
        )
        #expect(policy.exitCode == 0, "\(policy.error)")
        let token = try await program.run("token", "create", "--name", "agent", "--policy", "reader").output.dropLast()
        let update = Self.call("update-ai-provider", "\"id\":\"\(Self.provider)\",\"name\":\"x\"")
        let lines = [Self.call("get-ai-provider", "\"id\":\"\(Self.provider)\""), update]
        let before = try folder.read("providers/acme/local.yaml")
        func results(_ token: String?) async throws -> [Result] {
            var program = program
            program.environment["ROSTER_TOKEN"] = token
            return try await answers(program, lines).map { try Result($0) }
        }
        let limited = try await results(String(token))
        #expect(limited.map(\.isFailure) == [false, true])
        #expect(limited.last?.texts == ["the token may not change this provider"])
        let unknown = try await results("sk_" + String(repeating: "x", count: 43))
        #expect(unknown.map(\.isFailure) == [true, true])
        #expect(unknown.first?.texts == ["the token in ROSTER_TOKEN is unknown or has expired"])
        #expect(try folder.read("providers/acme/local.yaml") == before)
        try folder.write("providers/acme/broken.yaml", "id: [\n")
        #expect(
            try await results(String(token)).map(\.texts.count) == [1, 1],
            "a token must not learn whose file it is"
        )
        #expect(try await results(nil).first?.texts.last?.contains("broken.yaml") == true)
        try program.tool("rm", folder.path + "/providers/acme/broken.yaml")
        #expect(try await results(nil).map(\.isFailure) == [false, false])
        #expect(try folder.read("providers/acme/local.yaml") != before)
    }

    @Test func reportsUnreadableRepositoryAsText() async throws {
        let (folder, program) = try repository()
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider + "# changed\n")
        try program.tool("git", "commit", "--quiet", "--all", "-m", "Change")
        let clone = try ScratchFolder()
        try program.tool("git", "clone", "--quiet", "--depth", "1", "file://\(folder.path)", clone.path)
        let line = Self.call("list-ai-providers")
        let result = try Result(try await #require(answers(RosterProgram(folder: clone.path), [line]).first))
        #expect(result.isFailure && result.texts.first?.contains("git fetch --unshallow") == true, "\(result.texts)")
    }

    @Test func exitsWith3OutsideRepository() async throws {
        let folder = try ScratchFolder()
        let run = try await RosterProgram(folder: folder.path).run("mcp", input: Data(Self.handshake.utf8))
        #expect(run.exitCode == 3 && run.output.isEmpty && run.error.contains("there is no roster.yaml"))
    }

    @Test func rereadsFilesForEachRequest() async throws {
        let (folder, _) = try repository()
        let context = CommandContext.process
        var options = GlobalOptions()
        options.repo = folder.path
        let repository = try Repository(options, in: context)
        let source = try await repository.workingTreeSource(isNormalized: false, context)
        let registry = LiveRegistry(source, token: nil, concurrency: 2, now: context.now) {
            "\($0)"
        } diagnose: {
            try await repository.diagnosis(context)
        }
        var transport = MCPStdioTransport(about: registry, writer: EditWriter { _ in })
        func ask(_ line: String) async throws -> String {
            String(decoding: try #require(await transport.answer(to: Array(line.utf8))), as: UTF8.self)
        }
        _ = try await ask(Self.handshake)
        #expect(try await ask(Self.call("list-ai-providers")).contains("llama3.2"))
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider.replacing("llama3.2", with: "other"))
        #expect(try await ask(Self.call("list-ai-providers")).contains("other"))
        try folder.write("providers/acme/local.yaml", "provider: [\n")
        let broken = try Result(try await ask(Self.call("list-ai-providers")))
        #expect(broken.isFailure && broken.texts.first?.contains("that roster check shows") == true)
        #expect(broken.texts.last?.contains("\"path\":\"providers/acme/local.yaml\"") == true)
        let list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}"
        #expect(try await ask(list).contains("-32603"))
        #expect(try await ask(list.replacing("resources", with: "tools")).contains("\"tools\":["))
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider)
        #expect(try await ask(list).contains("roster://acme/local"))
    }
}
