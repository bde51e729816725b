import NIOHTTP1
import RosterJSON
import RosterModel
import Testing

@testable import RosterServer

@Suite("MCP: providers as resources")
struct MCPResourceTests {
    private func names(_ result: JSONObject) -> [String] {
        guard case .array(let resources)? = result["resources"] else { return [] }
        return resources.compactMap { $0.object?["name"]?.string }
    }

    @Test(arguments: ProtocolRevision.allCases)
    func pagesListEveryResourceOnceInOrder(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture(providers: 230)
        var (found, pages): ([String], [Int]) = ([], [])
        var cursor: String?
        repeat {
            let parameters = cursor.map { "\"cursor\":\"\($0)\"" } ?? ""
            let result = try await server.call("resources/list", parameters, revision).result
            found += names(result)
            pages.append(names(result).count)
            cursor = result["nextCursor"]?.string
        } while cursor != nil && pages.count < 10
        #expect(pages == [100, 100, 32])
        let expected = (0..<230).map { "acme/p\($0)" } + ["acme/hidden", "globex/other"]
        #expect(found == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func cursorSurvivesTheDeletionOfItsRecord() async throws {
        let server = try await ResponderFixture(providers: 3)
        let result = try await server.call("resources/list", "\"cursor\":\"acme/p0-gone\"").result
        #expect(names(result) == ["acme/p1", "acme/p2", "globex/other"])
        #expect(names(try await server.call("resources/list", "\"cursor\":\"zz/z\"").result) == [])
        for cursor in ["\"\"", "\"x\"", "\"a/b/c\"", "\"A/b\"", "7", "null"] {
            let answer = try await server.call("resources/list", "\"cursor\":\(cursor)")
            #expect(answer.status == 400)
            #expect(try answer.code == -32602)
        }
    }

    @Test(arguments: ProtocolRevision.allCases)
    func resourceIsTheRecord(_ revision: ProtocolRevision) async throws {
        let server = try await ResponderFixture()
        let uri = "roster://acme/p0"
        let result = try await server.call("resources/read", "\"uri\":\"\(uri)\"", revision).result
        guard case .array(let contents)? = result["contents"], let content = contents.first?.object else {
            Issue.record("no contents")
            return
        }
        let rest = try await server.send(.GET, "/api/v1/ai-providers/" + ResponderFixture.first)
        #expect(content["text"] == .string(rest.text) && content["uri"] == .string(uri))
        #expect(content["mimeType"] == "application/json" && contents.count == 1)
        let templates = try await server.call("resources/templates/list", "", revision)
        #expect(templates.text.contains("\"uriTemplate\":\"roster://{project}/{name}\""))
    }

    @Test func hiddenMissingAndMalformedResourcesAreIndistinguishable() async throws {
        let server = try await ResponderFixture(isOpen: false)
        let listed = try await server.call("resources/list", "", token: ResponderFixture.reader).result
        #expect(names(listed) == ["acme/p0", "acme/p1"])
        for revision in ProtocolRevision.allCases {
            var errors: Set<JSONObject> = []
            let names = [
                "acme/hidden", "acme/nobody", "globex/other", "acme/p0/", "acme", "acme/../acme/p0", "ACME/p0", "",
            ]
            for name in names {
                let uri = "roster://" + name
                let parameters = "\"uri\":\"\(uri)\""
                let answer = try await server.call(
                    "resources/read",
                    parameters,
                    revision,
                    token: ResponderFixture.reader
                )
                #expect(answer.status == (revision.isStateless ? 400 : 200))
                var error = try answer.error
                #expect(error["data"]?.object?["uri"] == .string(uri))
                error.members.removeAll { $0.name == "data" }
                errors.insert(error)
            }
            #expect(errors.count == 1 && errors.first?["code"] == (revision.isStateless ? -32602 : -32002))
        }
        for uri in ["file:///etc/passwd", "http://acme/p0", "acme/p0"] {
            let answer = try await server.call("resources/read", "\"uri\":\"\(uri)\"", token: ResponderFixture.admin)
            #expect(try answer.error["message"] == "Resource not found")
        }
        #expect(try await server.call("resources/read", "", .june2025, token: ResponderFixture.admin).code == -32602)
    }
}
