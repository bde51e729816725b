import NIOHTTP1
import RosterJSON
import RosterModel
import Testing

@testable import RosterServer

@Suite("MCP: valid and invalid messages")
struct MCPMessageTests {
    private static let handshakes: [ProtocolRevision] = [.november2025, .june2025, .march2025]

    @Test(arguments: ["0", "-7", "9007199254740991", "\"\"", "\"a\\n\u{e9}\\u0000\"", "2.0", "1e2"])
    func returnsIDsUnchanged(_ id: String) async throws {
        let server = try await ResponderFixture(providers: 0)
        for revision in ProtocolRevision.allCases {
            let good = try await server.call("tools/list", "", revision, id: id)
            let bad = try await server.call("no/such", "", revision, id: id)
            for answer in [good, bad] {
                let back = try answer.json.object?["id"]
                #expect(try back == JSONReader.read(id), "\(answer.text)")
            }
        }
    }

    @Test(arguments: ["null", "true", "{}", "[]", "1.5", "[1]"])
    func rejectsInvalidIDs(_ id: String) async throws {
        let server = try await ResponderFixture(providers: 0)
        for revision in ProtocolRevision.allCases {
            let answer = try await server.call("tools/list", "", revision, id: id)
            #expect(answer.status == 400)
            #expect(try answer.code == -32600)
            #expect(try answer.json.object?["id"] == nil)
        }
    }

    @Test(arguments: [
        ("", -32700), ("{", -32700), ("nul", -32700), ("{\"jsonrpc\":\"2.0\",}", -32700), ("\u{FEFF}{}", -32700),
        ("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}", -32700), ("12", -32600), ("\"x\"", -32600), ("null", -32600),
        ("{}", -32600), ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600), ("{\"id\":1}", -32600),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600), ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600),
        (String(repeating: "[", count: 10_000), -32700),
    ])
    func rejectsInvalidMessages(_ body: String, _ code: Int) async throws {
        let server = try await ResponderFixture(providers: 0)
        for fields in [[], [("MCP-Protocol-Version", "2025-06-18")], [("MCP-Protocol-Version", "2026-07-28")]] {
            let answer = try await server.send(.POST, "/mcp", body, fields)
            #expect(answer.status == 400)
            #expect(try answer.code == .integer(Int64(code)))
            #expect(try answer.json.object?["jsonrpc"] == "2.0")
        }
    }

    @Test func readsLongMessages() async throws {
        let server = try await ResponderFixture(providers: 0)
        let long = String(repeating: "x", count: 100_000)
        for revision in ProtocolRevision.allCases {
            let padding = "\"padding\":\"\(long)\""
            #expect(try await server.call("tools/list", padding, revision).result["tools"] != nil)
            let unknown = try await server.call("tools/call", "\"name\":\"get-ai-provider\",\(padding)", revision)
            #expect(try unknown.result.texts.first == "the parameter \"id\" is missing")
        }
        #expect(try await server.send(.POST, "/mcp", "[\"\(long)\"").code == -32700)
        #expect(try await server.send(.POST, "/mcp", "{\"id\":1,\"x\":\"\(long)\"}").code == -32600)
    }

    @Test func rejectsInvalidText() async throws {
        let server = try await ResponderFixture(providers: 0)
        let answer = try await server.send(.POST, "/mcp", nil)
        #expect(answer.status == 400)
        #expect(try answer.code == -32700)
    }

    @Test func unknownMethodsHaveStatus404WithoutHandshake() async throws {
        let server = try await ResponderFixture(providers: 0)
        for revision in ProtocolRevision.allCases {
            for method in ["no/such", "prompts/list", "logging/setLevel", "resources/subscribe", "tools/call/x", ""] {
                let answer = try await server.call(method, "", revision)
                #expect(answer.status == (revision.isStateless ? 404 : 200))
                #expect(try answer.code == -32601)
            }
        }
        for method in ["initialize", "ping"] { #expect(try await server.call(method).status == 404) }
        for revision in Self.handshakes {
            #expect(try await server.call("server/discover", "", revision).code == -32601)
            #expect(try await server.call("ping", "", revision).result == JSONObject())
        }
    }

    @Test func rejectsUnknownToolsAndWrongParameters() async throws {
        let server = try await ResponderFixture(providers: 0)
        let calls = [
            "\"name\":\"no-such\"", "\"name\":\"No\\u001b[31m\"", "\"arguments\":{}", "\"name\":5",
            "\"name\":\"get-ai-provider\",\"arguments\":[]", "\"name\":\"get-ai-provider\",\"arguments\":null",
        ]
        for revision in ProtocolRevision.allCases {
            // No header can contain the second name unencoded.
            for parameters in calls where !revision.isStateless || parameters != calls[1] {
                let answer = try await server.call("tools/call", parameters, revision)
                #expect(answer.status == (revision.isStateless ? 400 : 200), "\(answer.text)")
                #expect(try answer.code == -32602, "\(answer.text)")
                #expect(!answer.text.contains("\\u001b"))
            }
        }
        for parameters in ["[]", "7", "\"x\"", "null"] {
            let message = ResponderFixture.message("tools/list", parameters)
            let old = try await server.send(.POST, "/mcp", message, [("MCP-Protocol-Version", "2025-11-25")])
            #expect(old.status == 200)
            #expect(try old.code == -32602)
            let new = try await server.send(
                .POST,
                "/mcp",
                message,
                [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list")]
            )
            #expect(new.status == 400)
            #expect(try new.code == -32602)
        }
    }

    @Test func acceptsNotificationsAndResponses() async throws {
        let server = try await ResponderFixture(providers: 0)
        let messages = [
            ResponderFixture.message("notifications/initialized", nil, id: nil),
            ResponderFixture.message("notifications/cancelled", "{\"requestId\":1}", id: nil),
            ResponderFixture.message("tools/call", "{\"name\":\"delete-ai-provider\"}", id: nil),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}",
        ]
        for version in ["2025-11-25", "2025-03-26", "2026-07-28"] {
            for (number, message) in messages.enumerated() {
                let answer = try await server.send(.POST, "/mcp", message, [("MCP-Protocol-Version", version)])
                // Since 2026-07-28 servers send no requests.
                let isRefused = version == "2026-07-28" && number > 2
                #expect(answer.status == (isRefused ? 400 : 202), "\(message)")
                guard !isRefused else { continue }
                #expect(answer.body.isEmpty && answer.head.contains("Content-Length: 0\r\n"))
                #expect(!answer.head.contains("\r\nContent-Type:"))
            }
        }
        #expect(try await server.send(.POST, "/mcp", messages[0], [("MCP-Protocol-Version", "1")]).code == -32022)
    }

    @Test func acceptsBatchesInOneRevision() async throws {
        let server = try await ResponderFixture(providers: 1)
        let edit = "{\"name\":\"delete-ai-provider\",\"arguments\":{\"id\":\"\(ResponderFixture.first)\"}}"
        let batch = """
            [\(ResponderFixture.message("ping", nil, id: "\"a\"")), \(ResponderFixture.message("notifications/x", nil, id: nil)), 7,
            \(ResponderFixture.message("tools/call", edit, id: "2")), \(ResponderFixture.message("no/such", nil, id: "3")),
            \(ResponderFixture.message("initialize", "{}", id: "4"))]
            """
        for fields in [[], [("MCP-Protocol-Version", "2025-03-26")]] {
            let answer = try await server.send(.POST, "/mcp", batch, fields)
            #expect(answer.status == 200)
            guard case .array(let answers) = try answer.json else {
                Issue.record("no array: \(answer.text)")
                return
            }
            let objects = answers.compactMap(\.object)
            #expect(objects.map { $0["id"] } == ["a", nil, 2, 3, 4])
            #expect(objects.map { $0["error"]?.object?["code"] } == [nil, -32600, nil, -32601, -32600])
        }
        let silent = "[\(ResponderFixture.message("notifications/x", nil, id: nil))]"
        #expect(try await server.send(.POST, "/mcp", silent).status == 202)
        let many = "[" + Array(repeating: ResponderFixture.message("ping", nil), count: 51).joined(separator: ",") + "]"
        for wrong in ["[]", many] {
            let answer = try await server.send(.POST, "/mcp", wrong)
            #expect(answer.status == 400)
            #expect(try answer.code == -32600)
        }
        for version in ["2025-06-18", "2025-11-25", "2026-07-28"] {
            let answer = try await server.send(.POST, "/mcp", batch, [("MCP-Protocol-Version", version)])
            #expect(answer.status == 400)
            #expect(try answer.code == -32600)
        }
    }

    @Test func limitsTheResponsesToABatch() async throws {
        let server = try await ResponderFixture(providers: 400)
        let list = ResponderFixture.message("tools/call", "{\"name\":\"list-ai-providers\"}")
        let batch = "[" + Array(repeating: list, count: 50).joined(separator: ",") + "]"
        let answer = try await server.send(.POST, "/mcp", batch)
        guard case .array(let answers) = try answer.json else {
            Issue.record("no array")
            return
        }
        let failures = answers.compactMap { $0.object?["error"]?.object?["code"] }
        #expect(answers.count == 50 && (1..<50).contains(failures.count) && Set(failures) == [-32603])
        #expect(answer.body.count < 5 * 1024 * 1024)
    }

    @Test func handshakeAgreesOnARevision() async throws {
        let server = try await ResponderFixture(providers: 0)
        let client = "\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}"
        let others = [("2026-07-28", "2025-11-25"), ("x", "2025-11-25")]
        let pairs = Self.handshakes.map { ($0.rawValue, $0.rawValue) } + others
        for (wanted, agreed) in pairs {
            let message = ResponderFixture.message("initialize", "{\"protocolVersion\":\"\(wanted)\",\(client)}")
            for fields in [[], [("MCP-Protocol-Version", wanted)]] {
                let answer = try await server.send(.POST, "/mcp", message, fields)
                #expect(answer.status == 200)
                let result = try answer.result
                #expect(result["protocolVersion"] == .string(agreed))
                #expect(result["serverInfo"]?.object?["name"] == "roster")
                #expect(result["resultType"] == nil && result["_meta"] == nil)
                #expect(!answer.head.lowercased().contains("mcp-session-id"))
            }
        }
        let wrong = ["{}", "{\"protocolVersion\":1,\(client)}", "{\"protocolVersion\":\"x\",\"capabilities\":{}}"]
        for parameters in wrong {
            let answer = try await server.send(.POST, "/mcp", ResponderFixture.message("initialize", parameters))
            #expect(answer.status == 200)
            #expect(try answer.code == -32602)
        }
    }
}
