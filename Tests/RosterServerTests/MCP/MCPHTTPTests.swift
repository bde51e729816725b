import NIOHTTP1
import RosterJSON
import RosterModel
import Testing

@testable import RosterServer

@Suite("MCP over HTTP: headers, origins, tokens")
struct MCPHTTPTests {
    private static let good = [
        ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "get-ai-provider"),
    ]
    private static let call = ResponderFixture.message(
        "tools/call",
        "{\"name\":\"get-ai-provider\",\"arguments\":{\"id\":\"\(ResponderFixture.first)\"},\(ResponderFixture.meta)}"
    )

    private static func changing(_ name: String, to value: String?) -> [(String, String)] {
        good.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    }

    @Test func rejectsHeadersThatDifferFromTheMessage() async throws {
        let server = try await ResponderFixture()
        #expect(try await server.send(.POST, "/mcp", Self.call, Self.good).result["isError"] == false)
        let encoded = Self.changing("Mcp-Name", to: "=?base64?Z2V0LWFpLXByb3ZpZGVy?=")
        #expect(try await server.send(.POST, "/mcp", Self.call, encoded).result["isError"] == false)
        let padded = Self.good.map { ($0.0, "\t \($0.1) ") }
        #expect(try await server.send(.POST, "/mcp", Self.call, padded).result["isError"] == false)
        let wrong = [
            Self.changing("Mcp-Method", to: nil), Self.changing("Mcp-Method", to: "tools/list"),
            Self.changing("Mcp-Method", to: "Tools/Call"), Self.changing("Mcp-Name", to: nil),
            Self.changing("Mcp-Name", to: "list-ai-providers"), Self.changing("Mcp-Name", to: ""),
            Self.changing("Mcp-Name", to: "=?base64?Z2V0LWFpLXByb3ZpZGVy"),
            Self.changing("Mcp-Name", to: "=?base64?Z2V0LWFpLXByb3ZpZGVz?="),
            Self.changing("Mcp-Name", to: "=?base64?!?="), Self.changing("Mcp-Name", to: "=?base64?/w==?="),
            Self.changing("Mcp-Name", to: "=?base64?="), Self.changing("MCP-Protocol-Version", to: nil),
            Self.changing("MCP-Protocol-Version", to: "2025-11-25"),
            Self.changing("MCP-Protocol-Version", to: "2026-01-01"),
            Self.good + [("Mcp-Name", "get-ai-provider")], Self.good + [("mcp-method", "tools/call")],
            Self.good + [("mcp-protocol-version", "2026-07-28")],
        ]
        for fields in wrong {
            let answer = try await server.send(.POST, "/mcp", Self.call, fields)
            #expect(answer.status == 400, "\(fields)")
            #expect(try answer.code == -32020, "\(fields)")
            #expect(try answer.json.object?["id"] == 1)
        }
    }

    @Test func decodesNamesOutsideASCII() async throws {
        let server = try await ResponderFixture()
        let uri = "roster://acme/\u{e9}"
        let message = ResponderFixture.message("resources/read", "{\"uri\":\"\(uri)\",\(ResponderFixture.meta)}")
        let fields = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "resources/read")]
        let encoded = fields + [("Mcp-Name", "=?base64?cm9zdGVyOi8vYWNtZS/DqQ==?=")]
        #expect(try await server.send(.POST, "/mcp", message, encoded).code == -32602)
        #expect(try await server.send(.POST, "/mcp", message, fields + [("Mcp-Name", uri)]).code == -32020)
    }

    @Test func unsupportedRevisionErrorListsTheSupported() async throws {
        let server = try await ResponderFixture()
        let old = ResponderFixture.meta.replacing("2026-07-28", with: "1900-01-01")
        let fields = [("MCP-Protocol-Version", "1900-01-01"), ("Mcp-Method", "tools/list")]
        for parameters in ["{\(old)}", "{}"] {
            let answer = try await server.send(
                .POST,
                "/mcp",
                ResponderFixture.message("tools/list", parameters),
                fields
            )
            #expect(answer.status == 400)
            #expect(try answer.code == -32022)
            let data = try #require(try answer.error["data"]?.object)
            #expect(data["requested"] == "1900-01-01")
            #expect(data["supported"] == ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"])
        }
    }

    @Test func requestsNeedTheirMetadata() async throws {
        let server = try await ResponderFixture()
        let version = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\""
        let capabilities = "\"io.modelcontextprotocol/clientCapabilities\""
        let wrong = [
            "{}", "{\"_meta\":{}}", "{\"_meta\":[]}", "{\"_meta\":{\(version)}}", "{\"_meta\":{\(capabilities):{}}}",
            "{\"_meta\":{\(version),\(capabilities):[]}}",
            "{\"_meta\":{\(version),\(capabilities):{},\"io.modelcontextprotocol/clientInfo\":{\"name\":\"x\"}}}",
            "{\"_meta\":{\(version),\(capabilities):{},\"io.modelcontextprotocol/logLevel\":\"loud\"}}",
            "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,\(capabilities):{}}}",
        ]
        let fields = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list")]
        for parameters in wrong {
            let answer = try await server.send(
                .POST,
                "/mcp",
                ResponderFixture.message("tools/list", parameters),
                fields
            )
            #expect(answer.status == 400, "\(parameters)")
            #expect(try answer.code == -32602, "\(parameters)")
        }
    }

    @Test func resultsHaveTypeAndCacheHint() async throws {
        let server = try await ResponderFixture()
        let uri = "\"uri\":\"roster://acme/p0\""
        let methods = [
            ("server/discover", "", "public"), ("tools/list", "", "public"), ("resources/templates/list", "", "public"),
            ("resources/list", "", "private"), ("resources/read", uri, "private"),
        ]
        for (method, parameters, scope) in methods {
            let result = try await server.call(method, parameters).result
            #expect(result["resultType"] == "complete" && result["cacheScope"] == .string(scope), "\(method)")
            guard case .integer(let milliseconds)? = result["ttlMs"] else {
                Issue.record("\(method) has no ttlMs")
                continue
            }
            #expect((milliseconds > 0) == (scope == "public"))
            let serverInfo = result["_meta"]?.object?["io.modelcontextprotocol/serverInfo"]?.object
            #expect(serverInfo?["name"] == "roster" && serverInfo?["version"] == .string(RosterVersion.text))
            guard method != "server/discover" else { continue }
            let old = try await server.call(method, parameters, .june2025).result
            #expect(old["resultType"] == nil && old["ttlMs"] == nil && old["cacheScope"] == nil && old["_meta"] == nil)
        }
        let discovered = try await server.call("server/discover").result
        #expect(discovered["supportedVersions"] == ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"])
        #expect(discovered["capabilities"] == ["tools": [:], "resources": [:]])
    }

    @Test(arguments: [false, true])
    func rejectsOtherOrigins(_ isOpen: Bool) async throws {
        let server = try await ResponderFixture(isOpen: isOpen)
        let message = ResponderFixture.message("ping", nil)
        let others = ["https://evil.example", "null", "", "http://localhost.evil.example", "http://127.0.0.1:80@evil"]
        for origin in others {
            for method in [HTTPMethod.POST, .GET, .OPTIONS] {
                let answer = try await server.send(
                    method,
                    "/mcp",
                    message,
                    [("Origin", origin)],
                    token: ResponderFixture.admin
                )
                #expect(answer.status == 403, "\(method) \(origin)")
                #expect(!answer.head.lowercased().contains("access-control"))
            }
        }
        for origin in ["http://localhost:6274", "http://127.0.0.1", "https://[::1]:8443"] {
            let answer = try await server.send(
                .POST,
                "/mcp",
                message,
                [("Origin", origin)],
                token: ResponderFixture.admin
            )
            #expect(answer.status == 200, "\(origin)")
        }
    }

    @Test(arguments: [HTTPMethod.GET, .DELETE, .HEAD, .PUT, .PATCH, .OPTIONS])
    func rejectsOtherMethods(_ method: HTTPMethod) async throws {
        let server = try await ResponderFixture()
        let answer = try await server.send(method, "/mcp", nil, [("Accept", "text/event-stream")])
        #expect(answer.status == 405 && answer.head.contains("Allow: POST\r\n"))
    }

    @Test func requiresAValidToken() async throws {
        let server = try await ResponderFixture(isOpen: false)
        let methods = ["server/discover", "tools/list", "resources/list", "no/such"]
        for token in [nil, "sk_" + String(repeating: "d", count: 43), ResponderFixture.expired, "x"] {
            for method in methods {
                let answer = try await server.call(method, "", token: token)
                #expect(answer.status == 401 && answer.head.contains("WWW-Authenticate: Bearer\r\n"))
            }
            let messages = [ResponderFixture.message("notifications/initialized", nil, id: nil), "[]", "{", ""]
            for message in messages {
                #expect(try await server.send(.POST, "/mcp", message, token: token).status == 401)
            }
        }
        for method in methods {
            #expect(try await server.call(method, "", token: ResponderFixture.reader).status != 401)
        }
    }

    @Test func requiresJSON() async throws {
        let server = try await ResponderFixture()
        let message = ResponderFixture.message("ping", nil)
        for type in ["text/plain", "application/x-www-form-urlencoded", "", "application/merge-patch+json"] {
            #expect(try await server.send(.POST, "/mcp", message, [("Content-Type", type)]).status == 415, "\(type)")
        }
        for type in ["application/json; charset=utf-8", "Application/JSON"] {
            #expect(try await server.send(.POST, "/mcp", message, [("Content-Type", type)]).status == 200)
        }
        for type in ["text/html", "text/event-stream"] {
            #expect(try await server.send(.POST, "/mcp", message, [("Accept", type)]).status == 406)
        }
        for type in ["application/json, text/event-stream", "*/*", "text/html, application/*;q=0.1"] {
            let answer = try await server.send(.POST, "/mcp", message, [("Accept", type)])
            #expect(answer.status == 200 && answer.head.contains("Content-Type: application/json\r\n"))
        }
    }
}
