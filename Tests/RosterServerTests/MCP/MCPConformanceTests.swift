import NIOHTTP1
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

/// The scenarios of the official conformance suite for servers that apply to this one, named as there.
///
/// https://github.com/modelcontextprotocol/conformance. Prompts, completion, sampling, elicitation, subscriptions, sessions,
/// streams and tasks are optional, and not declared.
@Suite("MCP: the scenarios of the official conformance suite")
struct MCPConformanceTests {
    private static let handshakes: [ProtocolRevision] = [.november2025, .june2025, .march2025]
    private static let client = "\"clientInfo\":{\"name\":\"conformance\",\"version\":\"1\"}"

    private static func elements(_ result: JSONObject, _ name: String) -> [JSONObject] {
        guard case .array(let elements)? = result[name] else { return [] }
        return elements.compactMap(\.object)
    }

    @Test("server-initialize, ping", arguments: handshakes)
    func initialize(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let parameters = "\"protocolVersion\":\"\(revision.rawValue)\",\"capabilities\":{},\(Self.client)"
        let answer = try await server.call("initialize", parameters, revision)
        #expect(answer.status == 200)
        let result = try answer.result
        #expect(result["protocolVersion"] == .string(revision.rawValue))
        #expect(result["capabilities"]?.object != nil && result["serverInfo"]?.object?["name"]?.string != nil)
        // The server is stateless: it issues no session.
        #expect(!answer.head.lowercased().contains("mcp-session-id"))
        let note = ResponderFixture.message("notifications/initialized", nil, id: nil)
        #expect(try await server.send(.POST, "/mcp", note, [("MCP-Protocol-Version", revision.rawValue)]).status == 202)
        #expect(try await server.call("ping", "", revision).result == JSONObject())
    }

    @Test("server-session-lifecycle: no session to delete", arguments: ["DELETE", "GET"])
    func sessions(_ method: String) async throws {
        let server = try await ResponderFixture()
        let fields = [("Mcp-Session-Id", "abc"), ("Accept", "text/event-stream")]
        #expect(try await server.send(HTTPMethod(rawValue: method), "/mcp", nil, fields).status == 405)
    }

    @Test("tools-list, tools-name-format, json-schema-2020-12", arguments: ProtocolRevision.allCases)
    func toolsList(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let tools = Self.elements(try await server.call("tools/list", "", revision).result, "tools")
        #expect(tools.count == 7 && Set(tools.map { $0["name"] }).count == tools.count)
        for tool in tools {
            let name = try #require(tool["name"]?.string)
            #expect((1...64).contains(name.count) && name.wholeMatch(of: /[A-Za-z0-9_.\/-]+/) != nil)
            #expect(tool["description"]?.string?.isEmpty == false)
            for schema in ["inputSchema", "outputSchema"] {
                let schema = try #require(tool[schema]?.object)
                #expect(schema["type"] == "object" && schema["properties"]?.object != nil)
                guard case .array(let required)? = schema["required"] else { continue }
                for name in required { #expect(schema["properties"]?.object?[name.string ?? ""] != nil) }
            }
        }
    }

    @Test("tools-call-simple-text, tools-call-error", arguments: ProtocolRevision.allCases)
    func toolsCall(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let good = try await server.tool("list-projects", "", revision)
        let block = try #require(Self.elements(good, "content").first)
        #expect(block["type"] == "text" && block["text"]?.string?.isEmpty == false && !good.isFailure)
        let bad = try await server.tool("get-ai-provider", "\"id\":\"acme/nobody\"", revision)
        #expect(bad.isFailure && Self.elements(bad, "content").first?["type"] == "text")
        let unknown = try await server.call("tools/call", "\"name\":\"test_missing_capability\"", revision)
        #expect(try unknown.code == -32602)
    }

    @Test("resources-list, resources-read-text, resources-templates-read", arguments: ProtocolRevision.allCases)
    func resources(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let resources = Self.elements(try await server.call("resources/list", "", revision).result, "resources")
        #expect(resources.count == 4)
        for resource in resources {
            let uri = try #require(resource["uri"]?.string)
            #expect(resource["name"]?.string != nil)
            let read = try await server.call("resources/read", "\"uri\":\"\(uri)\"", revision).result
            let content = try #require(Self.elements(read, "contents").first)
            #expect(content["uri"] == .string(uri) && content["mimeType"] == "application/json")
            #expect(try JSONReader.read(try #require(content["text"]?.string)).object != nil)
        }
        let templates = try await server.call("resources/templates/list", "", revision).result
        let template = try #require(Self.elements(templates, "resourceTemplates").first?["uriTemplate"]?.string)
        let uri = template.replacing("{project}", with: "acme").replacing("{name}", with: "p1")
        #expect(try await server.call("resources/read", "\"uri\":\"\(uri)\"", revision).result["contents"] != nil)
    }

    @Test("sep-2164-resource-not-found", arguments: ProtocolRevision.allCases)
    func resourceNotFound(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let uri = "test://nonexistent-resource-for-conformance-testing"
        let answer = try await server.call("resources/read", "\"uri\":\"\(uri)\"", revision)
        #expect(try answer.code == (revision.isStateless ? -32602 : -32002))
        #expect(try answer.error["data"]?.object?["uri"] == .string(uri))
        #expect(try answer.json.object?["result"] == nil)
    }

    @Test("dns-rebinding-protection")
    func dnsRebinding() async throws {
        let server = try await ResponderFixture()
        let parameters = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\(Self.client)}"
        let message = ResponderFixture.message("initialize", parameters)
        let attacker = [("Host", "evil.example.com"), ("Origin", "http://evil.example.com")]
        #expect((400..<500).contains(try await server.send(.POST, "/mcp", message, attacker).status))
        let valid = [("Origin", "http://localhost")]
        #expect((200..<300).contains(try await server.send(.POST, "/mcp", message, valid).status))
    }

    @Test("caching")
    func caching() async throws {
        let server = try await ResponderFixture()
        for (method, parameters) in [
            ("tools/list", ""), ("resources/list", ""), ("resources/templates/list", ""), ("server/discover", ""),
            ("resources/read", "\"uri\":\"roster://acme/p0\""),
        ] {
            let result = try await server.call(method, parameters).result
            guard case .integer(let milliseconds)? = result["ttlMs"] else {
                Issue.record("\(method) has no ttlMs")
                continue
            }
            #expect(milliseconds >= 0 && ["public", "private"].contains(result["cacheScope"]?.string ?? ""))
        }
    }

    @Test("http-header-validation")
    func headerValidation() async throws {
        let server = try await ResponderFixture()
        let version = ("MCP-Protocol-Version", "2026-07-28")
        let list = ResponderFixture.message("tools/list", "{\(ResponderFixture.meta)}")
        let call = ResponderFixture.message("tools/call", "{\"name\":\"list-projects\",\(ResponderFixture.meta)}")
        let accepted: [(String, [(String, String)])] = [
            (list, [("mcp-method", "tools/list")]), (list, [("MCP-METHOD", "tools/list")]),
            (call, [("Mcp-Method", "tools/call"), ("Mcp-Name", "  list-projects  ")]),
        ]
        for (message, fields) in accepted {
            #expect(try await server.send(.POST, "/mcp", message, [version] + fields).status == 200, "\(fields)")
        }
        let rejected: [(String, [(String, String)])] = [
            (list, [("Mcp-Method", "prompts/list")]), (list, []), (list, [("Mcp-Method", "TOOLS/LIST")]),
            (call, [("Mcp-Method", "tools/call"), ("Mcp-Name", "wrong_tool_name")]),
            (call, [("Mcp-Method", "tools/call")]),
        ]
        for (message, fields) in rejected {
            let answer = try await server.send(.POST, "/mcp", message, [version] + fields)
            #expect(answer.status == 400, "\(fields)")
            #expect(try answer.code == -32020, "\(fields)")
        }
    }

    @Test("server-stateless: metadata of requests")
    func statelessMetadata() async throws {
        let server = try await ResponderFixture()
        let version = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\""
        let client = "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"}"
        let capabilities = "\"io.modelcontextprotocol/clientCapabilities\":{}"
        let fields = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "server/discover")]
        func discover(_ parameters: String, _ id: String) async throws -> ResponderFixture.Answer {
            try await server.send(
                .POST,
                "/mcp",
                ResponderFixture.message("server/discover", parameters, id: id),
                fields
            )
        }
        let incomplete = ["{}", "{\"_meta\":{\(client),\(capabilities)}}", "{\"_meta\":{\(version),\(client)}}"]
        for (number, parameters) in incomplete.enumerated() {
            let answer = try await discover(parameters, "\(101 + number)")
            #expect(answer.status == 400)
            #expect(try answer.code == -32602)
            #expect(try answer.json.object?["id"] == .integer(Int64(101 + number)), "errors carry the id")
        }
        // The client's name is optional.
        #expect(try await discover("{\"_meta\":{\(version),\(capabilities)}}", "105").status == 200)
        let other = ResponderFixture.meta.replacing("2026-07-28", with: "v999.0.0")
        let mismatch = try await discover("{\(other)}", "302")
        #expect(mismatch.status == 400)
        #expect(try mismatch.code == -32020)
        let unsupported = try await server.send(
            .POST,
            "/mcp",
            ResponderFixture.message("server/discover", "{\(other)}", id: "301"),
            [("MCP-Protocol-Version", "v999.0.0"), ("Mcp-Method", "server/discover")]
        )
        #expect(unsupported.status == 400)
        let data = try #require(try unsupported.error["data"]?.object)
        #expect(data["requested"] == "v999.0.0")
        let discovered = try await server.call("server/discover").result
        #expect(try unsupported.code == -32022 && data["supported"] == discovered["supportedVersions"])
    }

    @Test("server-stateless: discovery and removed methods")
    func statelessMethods() async throws {
        let server = try await ResponderFixture()
        let discovered = try await server.call("server/discover").result
        let info = discovered["_meta"]?.object?["io.modelcontextprotocol/serverInfo"]?.object
        #expect(info?["name"]?.string != nil && info?["version"]?.string != nil)
        let capabilities = try #require(discovered["capabilities"]?.object)
        // What is declared is answered, and what is not declared is not.
        for (capability, method) in [
            ("tools", "tools/list"), ("resources", "resources/list"), ("prompts", "prompts/list"),
            ("completions", "completion/complete"), ("tasks", "tasks/list"),
        ] {
            let answer = try await server.call(method)
            #expect((answer.status == 200) == (capabilities[capability] != nil), "\(method)")
        }
        let absent = [
            "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "unknown/method",
            "subscriptions/listen",
        ]
        for method in absent {
            let answer = try await server.call(method)
            #expect(answer.status == 404)
            #expect(try answer.code == -32601)
        }
    }
}
