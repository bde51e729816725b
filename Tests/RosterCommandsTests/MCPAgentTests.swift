import Foundation
import RosterJSON
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Agents that know only the tools of `roster mcp`.
@Suite("roster mcp: agents")
struct MCPAgentTests {
    private static let revisions = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"]

    /// A client that starts the command for each call, as a process without state would.
    private struct Agent {
        var program: RosterProgram
        var revision: String
        var calls = 0

        /// Calls a tool, and returns its structured content and its texts.
        mutating func call(
            _ tool: String,
            _ arguments: [String: Any] = [:]
        ) async throws -> (content: [String: Any], texts: [String], isFailure: Bool) {
            calls += 1
            var params: [String: Any] = ["name": tool, "arguments": arguments]
            var messages: [[String: Any]] = []
            if revision == "2026-07-28" {
                params["_meta"] = [
                    "io.modelcontextprotocol/protocolVersion": revision,
                    "io.modelcontextprotocol/clientCapabilities": [String: Any](),
                ]
            } else {
                let info = ["name": "agent", "version": "1"]
                messages.append([
                    "jsonrpc": "2.0", "id": 0, "method": "initialize",
                    "params": ["protocolVersion": revision, "capabilities": [String: Any](), "clientInfo": info],
                ])
            }
            messages.append(["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params])
            let lines = try messages.map { try JSONSerialization.data(withJSONObject: $0) + [0x0A] }
            let run = try await program.run("mcp", input: lines.reduce(Data(), +))
            try #require(run.exitCode == 0 && run.error.isEmpty, "\(run)")
            let line = try #require(run.output.split(separator: "\n").last)
            let answer = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let result = try #require(answer?["result"] as? [String: Any], "\(line)")
            let blocks = result["content"] as? [[String: Any]] ?? []
            return (
                result["structuredContent"] as? [String: Any] ?? [:], blocks.compactMap { $0["text"] as? String },
                result["isError"] as? Bool == true
            )
        }
    }

    @Test("An agent creates a provider with a secret in five calls", arguments: revisions)
    func createsProviderWithSecret(_ revision: String) async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal(RuntimeRepository.key, "acme/openai-prod", hosts: ["api.openai.com"])
        try await repository.seal(RuntimeRepository.key, "acme/other", hosts: ["api.groq.com"])
        var agent = Agent(program: repository.program, revision: revision)
        let projects = try await agent.call("list-projects").content["projects"] as? [[String: Any]] ?? []
        let project = try #require(projects.first?["handle"] as? String, "a project without a provider is listed")
        let listed = try await agent.call("list-secrets", ["projectId": project]).content
        let secrets = listed["secrets"] as? [[String: Any]] ?? []
        let secret = try #require(
            secrets.first { ($0["allowedHosts"] as? [String])?.contains("api.openai.com") == true }?["handle"]
                as? String
        )
        let created = try await agent.call(
            "create-ai-provider",
            [
                "projectId": project, "name": "GPT-4o", "provider": "openai", "defaultModel": "gpt-4o",
                "secretId": secret, "baseUrl": NSNull(), "config": NSNull(),
            ]
        )
        #expect(!created.isFailure, "\(created.texts)")
        let handle = try #require(created.content["handle"] as? String)
        let checked = try await agent.call("check-registry")
        let summary = try #require(checked.content["summary"] as? [String: Any], "\(checked.texts)")
        #expect(summary["errors"] as? Int == 0 && summary["providers"] as? Int == 1)
        let got = try await agent.call("get-ai-provider", ["id": handle])
        #expect(got.content["defaultModel"] as? String == "gpt-4o" && got.content["secretId"] is String)
        #expect(got.content["handle"] as? String == handle && agent.calls == 5)
        #expect(try repository.folder.read("providers/\(handle).yaml").contains("secret: openai-prod\n"))
        #expect(try await repository.run("check").exitCode == 0)
    }

    @Test("The check works while files have errors, and returns what roster check reports", arguments: revisions)
    func checksBrokenFiles(_ revision: String) async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try folder.write("providers/acme/broken.yaml", "id: [\n")
        try folder.write(
            "providers/acme/http.yaml",
            ScratchFolder.provider.replacing("5mLd", with: "6mLd") + "baseUrl: http://example.com\n"
        )
        var agent = Agent(program: program, revision: revision)
        let list = try await agent.call("list-projects")
        #expect(list.isFailure && list.texts.contains { $0.contains("check-registry") }, "\(list.texts)")
        let checked = try await agent.call("check-registry", ["anything": NSNull()])
        #expect(!checked.isFailure)
        let command = try await program.run("check", "--json").output
        let expected = try #require(try JSONSerialization.jsonObject(with: Data(command.utf8)) as? NSDictionary)
        #expect(checked.content["diagnostics"] as? NSArray == expected["diagnostics"] as? NSArray)
        #expect(checked.content["summary"] as? NSDictionary == expected["summary"] as? NSDictionary)
        let wrong = try await agent.call("check-registry", ["path": "x"])
        #expect(wrong.isFailure && wrong.texts.first?.contains("\"path\"") == true)
    }

    @Test func tokenLimitsWhatIsListedAndChecked() async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal(RuntimeRepository.key, "acme/openai-prod", hosts: ["api.openai.com"])
        try repository.add("ollama", "")
        for line in [
            ["project", "add", "labs"],
            ["policy", "create", "all", "--allow", "*", "--resource", "*"],
            ["policy", "create", "labs", "--allow", "*", "--resource", "labs/*"],
        ] {
            let run = try await repository.run(line)
            try #require(run.exitCode == 0, "\(run)")
        }
        func agent(_ policy: String) async throws -> Agent {
            let run = try await repository.run("token", "create", "--name", policy, "--policy", policy)
            var program = repository.program
            program.environment["ROSTER_TOKEN"] = String(run.output.dropLast())
            return Agent(program: program, revision: "2025-06-18")
        }
        var (all, labs) = (try await agent("all"), try await agent("labs"))
        #expect(try await !all.call("check-registry").isFailure)
        let refused = try await labs.call("check-registry")
        #expect(refused.isFailure && refused.texts == ["the token may not list every provider"])
        #expect((try await all.call("list-projects").content["projects"] as? [Any])?.count == 1)
        #expect((try await labs.call("list-projects").content["projects"] as? [Any])?.isEmpty == true)
        #expect((try await all.call("list-secrets").content["secrets"] as? [Any])?.count == 1)
        #expect((try await labs.call("list-secrets").content["secrets"] as? [Any])?.isEmpty == true)
        #expect(try await labs.call("list-secrets", ["projectId": "acme"]).isFailure)
        // While files have errors, it is not known what a token may see.
        try repository.folder.write("providers/acme/broken.yaml", "id: [\n")
        let broken = try await all.call("check-registry")
        #expect(broken.isFailure && !broken.texts.joined().contains("broken.yaml"))
    }
}
