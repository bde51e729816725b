import NIOHTTP1
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("MCP: handles, projects and secrets")
struct MCPNamingTests {
    private static func served(_ access: String = "") async throws -> (fixture: ResponderFixture, registry: Registry) {
        var files = try ServedRepository.files(isOpen: true)
        files[0].bytes += Array(access.utf8)
        return try await ResponderFixture.serving(files)
    }

    private static func array(_ result: JSONObject, _ name: String) throws -> [JSONObject] {
        guard case .array(let elements)? = result["structuredContent"]?.object?[name] else {
            Issue.record("no \(name): \(result)")
            return []
        }
        let text = try #require(result.texts.first)
        #expect(try JSONReader.read(text) == .array(elements), "the text is the array")
        return elements.compactMap(\.object)
    }

    @Test(arguments: ProtocolRevision.allCases)
    func handlesAreAcceptedWhereIDsAre(_ revision: ProtocolRevision) async throws {
        let (server, registry) = try await Self.served()
        let byID = try await server.tool("get-ai-provider", "\"id\":\"\(ServedRepository.claude)\"", revision)
        let byHandle = try await server.tool("get-ai-provider", "\"id\":\"acme/claude\"", revision)
        #expect(byHandle == byID && !byID.isFailure)
        #expect(byID["structuredContent"]?.object?["handle"] == "acme/claude")
        let projectID = try #require(registry.projects.first { $0.handle.text == "labs" }?.id.description)
        let one = try await server.tool("list-ai-providers", "\"projectId\":\"labs\",\"provider\":null", revision)
        let other = try await server.tool("list-ai-providers", "\"projectId\":\"\(projectID)\"", revision)
        #expect(one == other)
        #expect(try Self.array(one, "providers").allSatisfy { $0["handle"]?.string?.hasPrefix("labs/") == true })
        let secretID = try #require(registry.secrets.first { $0.handle.text == "openai-prod" }?.id.description)
        let members = """
            "name":"Mini","provider":"openai","defaultModel":"gpt-4o-mini","baseUrl":"https://eu.api.openai.com/v1"
            """
        var edits: [JSONValue?] = []
        for (project, secret) in [
            ("acme", "openai-prod"), (ServedRepository.acme, secretID), ("acme", "acme/openai-prod"),
            (ServedRepository.acme, "openai-prod"),
        ] {
            let result = try await server.tool(
                "create-ai-provider",
                "\"projectId\":\"\(project)\",\"secretId\":\"\(secret)\",\"config\":null,\(members)",
                revision
            )
            #expect(!result.isFailure, "\(project) \(secret): \(result.texts)")
            let edit = result["structuredContent"]?.object
            #expect(edit?["patch"]?.string?.contains("+secret: openai-prod\n") == true)
            edits.append(edit?["handle"])
        }
        #expect(edits.allSatisfy { $0 == "acme/mini" })
        for tool in ["update-ai-provider", "delete-ai-provider"] {
            let change = tool == "update-ai-provider" ? ",\"name\":\"X\",\"projectId\":\"acme\"" : ""
            let one = try await server.tool(tool, "\"id\":\"acme/claude\"\(change)", revision)
            let other = try await server.tool(
                tool,
                "\"id\":\"\(ServedRepository.claude)\"\(change.replacing("acme", with: ServedRepository.acme))",
                revision
            )
            #expect(one == other && !one.isFailure, "\(one.texts)")
            #expect(one["structuredContent"]?.object?["handle"] == "acme/claude")
        }
    }

    @Test func nullIsAbsent() async throws {
        let (server, _) = try await Self.served()
        let list = try await server.tool("list-ai-providers", "")
        #expect(try await server.tool("list-ai-providers", "\"projectId\":null,\"provider\":null") == list)
        #expect(try await server.tool("list-secrets", "\"projectId\":null") == server.tool("list-secrets", ""))
        #expect(try await !server.tool("delete-ai-provider", "\"id\":\"labs/vllm\",\"x\":null").isFailure)
        // In an update, null takes away only what a record can lack.
        let arguments = "\"id\":\"labs/vllm\",\"name\":null,\"provider\":null,\"defaultModel\":null,\"projectId\":null"
        let same = try await server.tool("update-ai-provider", arguments)
        #expect(!same.isFailure && same["structuredContent"]?.object?["patch"] == "", "\(same)")
        let less = try await server.tool("update-ai-provider", "\"id\":\"acme/gpt-4o\",\"config\":null,\"name\":\"N\"")
        #expect(!less.isFailure, "\(less.texts)")
    }

    @Test func refusalsNameTheNextTool() async throws {
        let (server, _) = try await Self.served()
        let new = "\"name\":\"N\",\"defaultModel\":\"m\",\"provider\""
        let calls = [
            ("get-ai-provider", "\"id\":\"acme/nobody\"", "list-ai-providers"),
            ("get-ai-provider", "", "list-ai-providers"), ("update-ai-provider", "\"id\":\"x/y\"", "list-ai-providers"),
            ("list-secrets", "\"projectId\":\"nosuch\"", "list-projects"),
            ("create-ai-provider", "\"projectId\":\"nosuch\",\(new):\"ollama\"", "list-projects"),
            ("create-ai-provider", "\(new):\"ollama\"", "list-projects"),
            ("create-ai-provider", "\"projectId\":\"acme\",\(new):\"openai\"", "list-secrets"),
            (
                "create-ai-provider", "\"projectId\":\"acme\",\"secretId\":\"gateway\",\(new):\"openai\"",
                "list-secrets"
            ),
            ("create-ai-provider", "\"projectId\":\"acme\",\"secretId\":\"groq\",\(new):\"openai\"", "list-secrets"),
            ("update-ai-provider", "\"id\":\"acme/gpt-4o\",\"secretId\":null", "list-secrets"),
        ]
        for (tool, arguments, next) in calls {
            let result = try await server.tool(tool, arguments)
            #expect(
                result.isFailure && result.texts.count > 1 && result.texts[1].contains(next),
                "\(arguments): \(result)"
            )
            #expect(next != "list-secrets" || result.texts[1].contains("secretId"))
            for text in result.texts { #expect(!text.contains("\"secret\"") && !text.contains("secret: "), "\(text)") }
        }
    }

    @Test(arguments: ProtocolRevision.allCases)
    func listsProjectsAndSecrets(_ revision: ProtocolRevision) async throws {
        let (server, registry) = try await Self.served()
        let projects = try Self.array(try await server.tool("list-projects", "", revision), "projects")
        #expect(projects.map { $0["handle"] } == ["acme", "labs"])
        for project in projects {
            #expect(project.members.map(\.name) == ["id", "handle", "name", "providers"])
            let id = project["id"]?.string
            let count = registry.providers.count { $0.projectID.description == id }
            #expect(project["providers"] == .integer(Int64(count)))
        }
        let all = try Self.array(try await server.tool("list-secrets", "", revision), "secrets")
        #expect(all.count == registry.secrets.count)
        let names = ["id", "project", "handle", "name", "allowedHosts", "rotateBy"]
        for (row, secret) in zip(all, registry.secrets) {
            #expect(row.members.map(\.name) == names)
            #expect(row["handle"] == .string(secret.handle.text))
            #expect(row["allowedHosts"] == .array(secret.allowedHosts.map { .string($0.text) }))
            #expect(row["rotateBy"] == (secret.rotateBy.map { .string($0.description) } ?? .null))
        }
        let labs = try Self.array(try await server.tool("list-secrets", "\"projectId\":\"labs\"", revision), "secrets")
        #expect(labs == all.filter { $0["project"] == "labs" } && !labs.isEmpty)
        let text = try await server.call("tools/call", "\"name\":\"list-secrets\"", revision).text
        for secret in registry.secrets {
            #expect(!text.contains(secret.fingerprint.description))
            for box in secret.boxes { #expect(!text.contains(box.box)) }
        }
    }

    @Test func checkIsForWorkingTrees() async throws {
        let (server, _) = try await Self.served()
        for revision in ProtocolRevision.allCases {
            let answer = try await server.call("tools/call", "\"name\":\"check-registry\"", revision)
            #expect(try answer.code == -32602)
            #expect(try await !server.call("tools/list", "", revision).text.contains("check-registry"))
        }
    }

    /// Every tool answers what an independent evaluation of random policies allows, and the same for hidden and missing.
    @Test func toolsMatchAnIndependentAccessCheck() async throws {
        var generator = SeededGenerator()
        let names = try ServedRepository.files(isOpen: true).map(\.path).filter { $0.hasPrefix("providers/") }
            .map { String($0.dropFirst("providers/".count).dropLast(".yaml".count)) }
        let access = RandomPolicies(count: 25, over: names, using: &generator)
        let (server, registry) = try await access.responder()
        let secrets = registry.secrets.map { secret in
            (registry.projects.first { $0.id == secret.projectID }?.handle.text ?? "", secret.handle.text)
        }
        for token in access.tokens {
            let listed = names.filter { token.allows("ListAiProviders", $0) }
            let projects = RandomPolicies.projects.filter { project in listed.contains { $0.hasPrefix(project + "/") } }
            let context = "\(token)"
            let found = try Self.array(try await server.tool("list-projects", "", token: token.text), "projects")
            #expect(found.compactMap { $0["handle"]?.string } == projects, "\(context)")
            for row in found {
                let count = listed.count { $0.hasPrefix((row["handle"]?.string ?? "?") + "/") }
                #expect(row["providers"] == .integer(Int64(count)), "\(context)")
            }
            let all = try Self.array(try await server.tool("list-secrets", "", token: token.text), "secrets")
            #expect(
                all.map { [$0["project"]?.string, $0["handle"]?.string] }
                    == secrets.filter { projects.contains($0.0) }.map { [$0.0, $0.1] },
                "\(context)"
            )
            let missing = try await server.tool("list-secrets", "\"projectId\":\"nosuch\"", token: token.text)
            for project in RandomPolicies.projects {
                let result = try await server.tool("list-secrets", "\"projectId\":\"\(project)\"", token: token.text)
                if projects.contains(project) {
                    let rows = try Self.array(result, "secrets").compactMap { $0["handle"]?.string }
                    #expect(rows == secrets.filter { $0.0 == project }.map(\.1), "\(context)")
                } else {
                    #expect(result == missing && result.isFailure, "\(context) \(project)")
                }
            }
            let providers = try Self.array(
                try await server.tool("list-ai-providers", "", token: token.text),
                "providers"
            )
            #expect(Set(providers.compactMap { $0["handle"]?.string }) == Set(listed), "\(context)")
            try await checkSingle(token, names, server)
            try await checkIDs(token, registry, server)
        }
    }

    private func checkSingle(_ token: RandomPolicies.Token, _ names: [String], _ server: ResponderFixture) async throws
    {
        let missing = try await server.tool("get-ai-provider", "\"id\":\"acme/nosuch\"", token: token.text)
        #expect(missing.isFailure)
        for name in names {
            let mayGet = token.allows("GetAiProvider", name)
            let get = try await server.tool("get-ai-provider", "\"id\":\"\(name)\"", token: token.text)
            #expect(mayGet ? !get.isFailure : get == missing, "\(token) \(name)")
            let delete = try await server.tool("delete-ai-provider", "\"id\":\"\(name)\"", token: token.text)
            let mayDelete = mayGet && token.allows("DeleteAiProvider", name)
            // An allowed deletion is still refused when a policy names the provider.
            let isDenied = delete.isFailure && delete.texts == ["the token may not delete this provider"]
            #expect(mayGet ? isDenied != mayDelete : delete == missing, "\(token) \(name)")
        }
    }

    /// Checks that a handle and an id have the same answers.
    private func checkIDs(_ token: RandomPolicies.Token, _ registry: Registry, _ server: ResponderFixture) async throws
    {
        let handles = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        for provider in registry.providers {
            let name = "\(handles[provider.projectID] ?? "")/\(provider.handle.text)"
            for (tool, rest) in [("get-ai-provider", ""), ("update-ai-provider", ",\"name\":\"X\"")] {
                let byHandle = try await server.tool(tool, "\"id\":\"\(name)\"\(rest)", token: token.text)
                let byID = try await server.tool(tool, "\"id\":\"\(provider.id)\"\(rest)", token: token.text)
                #expect(byHandle == byID, "\(token) \(name)")
            }
        }
        for project in registry.projects {
            let members = "\"name\":\"New\",\"provider\":\"ollama\",\"defaultModel\":\"m\""
            let results = [project.handle.text, project.id.description]
            var failures: [[String]] = []
            for id in results {
                let result = try await server.tool(
                    "create-ai-provider",
                    "\"projectId\":\"\(id)\",\(members)",
                    token: token.text
                )
                failures.append(result.isFailure ? result.texts : [])
            }
            let mayCreate = token.allows("CreateAiProvider", project.handle.text + "/new")
            #expect(failures[0] == failures[1] && failures[0].isEmpty == mayCreate, "\(token) \(project.handle)")
        }
    }
}
