import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@Suite("Reading over REST")
@ConnectionThread
struct ReadingTests {
    private typealias Repository = ServedRepository
    private static let list = ServedExample.list
    private static let members = [
        "id", "projectId", "secretId", "name", "provider", "defaultModel", "baseUrl", "config", "createdAt",
        "updatedAt",
    ]

    @Test func writesExactlyTheMembersOfARecordInOrder() async throws {
        let commit = String(repeating: "0123456789", count: 4)
        let server = try await ServedExample(isOpen: true, commit: commit)
        let answer = try await server.request("GET", ServedExample.item(Repository.gpt))
        #expect(answer.status == 200 && answer.reason == "OK")
        #expect(answer["Content-Type"] == "application/json")
        #expect(answer["Cache-Control"] == "private, no-cache")
        #expect(answer["Vary"] == "Authorization, Accept-Encoding")
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["Roster-Revision"] == commit)
        #expect(answer["Roster-Digest"]?.wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil)
        #expect(answer["X-Request-Id"]?.wholeMatch(of: /[0-9a-f]{12,64}/) != nil)
        #expect(answer["Access-Control-Allow-Origin"] == nil && answer["Server"] == nil)
        #expect(answer["ETag"] == "\"sha256:" + Digest.sha256(of: answer.body.span).hex + "\"")
        let names = answer.text.matches(of: /"([A-Za-z]+)":/).map { String($0.1) }.filter { $0 != "organization" }
        #expect(names == Self.members)
        #expect(answer.object["secretId"] as? String == Repository.openAISecret)
        #expect(answer.object["projectId"] as? String == Repository.acme)
        #expect(answer.object["baseUrl"] as? String == "https://eu.api.openai.com/v1")
        #expect((answer.object["createdAt"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        let claude = try await server.request("GET", ServedExample.item(Repository.claude)).text
        #expect(claude.contains("\"baseUrl\":null,\"config\":null"))
        let list = try await server.request("GET", Self.list)
        #expect(list.text.contains(answer.text) && list.list.count == 10)
        #expect(list["X-Total-Count"] == "10" && list["Link"] == nil)
        let head = try await server.request("HEAD", Self.list)
        #expect(head.body.isEmpty && head.fields.map(\.name) == list.fields.map(\.name))
        #expect(head["Content-Length"] == String(list.body.count) && head["ETag"] == list["ETag"])
    }

    @Test func matchesEveryTagOfIfNoneMatch() async throws {
        let server = try await ServedExample(isOpen: true)
        let item = ServedExample.item(Repository.gpt)
        let tag = try #require(try await server.request("GET", item)["ETag"])
        let same = [
            [tag], ["W/" + tag], ["*"], ["\"a\", \(tag)"], ["\"a\"", tag], ["\"a,b\",W/\"c\" ,\t\(tag)"],
        ]
        for conditions in same {
            for method in ["GET", "HEAD"] {
                let fields = conditions.map { "If-None-Match: " + $0 }
                let answer = try await server.request(method, item, fields: fields)
                #expect(answer.status == 304 && answer.reason == "Not Modified", "\(conditions)")
                #expect(answer["ETag"] == tag && answer["Roster-Digest"] != nil && answer["Vary"] != nil)
                #expect(answer["Content-Length"] == nil && answer["Content-Type"] == nil)
            }
        }
        let unquoted = String(tag.dropFirst().dropLast())
        for condition in ["\"a\"", unquoted, "", "\"\(tag)\"", "w/" + tag, tag.uppercased(), "\"" + unquoted] {
            let answer = try await server.request("GET", item, fields: ["If-None-Match: " + condition])
            #expect(answer.status == 200, "\(condition)")
        }
        let missing = try await server.request(
            "GET",
            ServedExample.item("aip_0000000000000000"),
            fields: ["If-None-Match: *"]
        )
        #expect(missing.status == 404)
        for path in ["/livez", "/readyz", "/status", "/openapi.json"] {
            let tag = try #require(try await server.request("GET", path)["ETag"])
            #expect(try await server.request("GET", path, fields: ["If-None-Match: " + tag]).status == 304, "\(path)")
        }
    }

    @Test func compressesBodiesUnderSeparateTags() async throws {
        let server = try await ServedExample(isOpen: true)
        for path in [Self.list, Self.list + "?limit=9", "/openapi.json"] {
            let plain = try await server.request("GET", path)
            #expect(plain["Content-Encoding"] == nil)
            for accepted in ["gzip", "br, gzip;q=0.5", "*", "GZIP", "identity;q=0, gzip"] {
                let answer = try await server.request("GET", path, fields: ["Accept-Encoding: " + accepted])
                #expect(answer["Content-Encoding"] == "gzip" && answer.body.count < plain.body.count, "\(accepted)")
                #expect(answer["ETag"] == "\"sha256:" + Digest.sha256(of: answer.body.span).hex + "\"")
                #expect(answer["ETag"] != plain["ETag"] && answer["X-Total-Count"] == plain["X-Total-Count"])
                let unpacked = try Tools(folder: "/").tool(["gzip", "-dc"], input: Data(answer.body))
                #expect(unpacked.output == plain.text)
                let fields = ["Accept-Encoding: " + accepted, "If-None-Match: " + (answer["ETag"] ?? "")]
                #expect(try await server.request("GET", path, fields: fields).status == 304)
                #expect(
                    try await server.request("GET", path, fields: [fields[1]]).status == 200,
                    "plain is another body"
                )
            }
            for refused in ["br", "gzip;q=0", "gzip;q=0.000, *", "", "*;q=0", "xgzip"] {
                let answer = try await server.request("GET", path, fields: ["Accept-Encoding: " + refused])
                #expect(answer["Content-Encoding"] == nil && answer.body == plain.body, "\(refused)")
            }
        }
        let short = try await server.request(
            "GET",
            ServedExample.item(Repository.gpt),
            fields: ["Accept-Encoding: gzip"]
        )
        #expect(short["Content-Encoding"] == nil, "up to 1 KiB is sent as it is")
    }

    @Test func decodesPercentEncodingInPaths() async throws {
        let server = try await ServedExample(isOpen: true)
        let gpt = Repository.gpt
        let escaped = gpt.utf8.map { "%" + String($0, radix: 16) }.joined()
        let found = [
            Self.list + "/" + escaped, "/api/v1/%61i-providers/" + gpt, "/%6Civez",
            "http://127.0.0.1:4100" + Self.list, "HTTP://127.0.0.1:4100/livez", Self.list + "?",
            "/readyz?x=1",
        ]
        for path in found { #expect(try await server.request("GET", path).status == 200, "\(path)") }
        let missing = [
            "/api", "/api/v1/ai-providers/", Self.list + "/" + gpt + "/", Self.list + "//" + gpt, "/livez/",
            "//livez", "/API/v1/ai-providers", Self.list + "/" + gpt + "/x", "/api/v1/../v1/ai-providers", "/livez%00",
            "/api%2Fv1%2Fai-providers", Self.list + "/aip_0000000000000000", Self.list + "/aip_short",
            Self.list + "/sec_nxs4i9q9IqVxDZmO", Self.list + "/" + gpt.lowercased(), Self.list + "/" + gpt + "x",
            Self.list + "/acme%2Fgpt-4o", Self.list + "/%00", Self.list + "/%ff", Self.list + "/" + gpt + "%20",
            Self.list + "/acme/nothing", "*",
        ]
        for path in missing {
            let answer = try await server.request("GET", path)
            #expect(answer.status == 404, "\(path)")
            #expect(answer["Content-Type"] == "application/problem+json" && answer["Cache-Control"] == "no-store")
            let expected = ["detail", "error", "instance", "status", "title", "type"]
            #expect(answer.object.keys.sorted() == expected, "\(path)")
            #expect(answer.object["error"] as? String == answer.object["detail"] as? String)
            #expect(answer.object["status"] as? Int == 404 && answer.object["instance"] as? String == path)
        }
        for path in ["/%", "/%4", Self.list + "/%zz", "/livez%"] {
            #expect(try await server.request("GET", path).status == 400, "\(path)")
        }
    }

    @Test func listsAllowedMethodsForAWrongMethod() async throws {
        let server = try await ServedExample()
        let cases = [
            ("PUT", Self.list), ("DELETE", Self.list), ("PATCH", Self.list), ("OPTIONS", Self.list),
            ("POST", ServedExample.item(Repository.gpt)), ("PUT", ServedExample.item(Repository.gpt)),
            ("POST", "/livez"), ("DELETE", "/status"), ("TRACE", "/metrics"), ("QUERY", "/openapi.json"),
        ]
        for (method, path) in cases {
            let answer = try await server.request(method, path)
            #expect(answer.status == 405 && answer["Allow"] == "GET, HEAD", "\(method) \(path) \(answer.status)")
            #expect(answer.object["fileEdit"] == nil)
        }
        let connection = try server.connect()
        connection.send("BREW /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try connection.answer()?.status == 400, "not a method of HTTP")
        #expect(try await server.request("DELETE", "/nowhere").status == 404)
    }

    @Test func returnsValidRequestIDs() async throws {
        let server = try await ServedExample(isOpen: true)
        for id in ["a", "A.b_c-9", String(repeating: "x", count: 64)] {
            #expect(try await server.request("GET", "/livez", fields: ["X-Request-Id: " + id])["X-Request-Id"] == id)
            #expect(try await server.request("GET", "/nowhere", fields: ["x-request-id: " + id])["X-Request-Id"] == id)
        }
        for id in ["", "a b", "é", "a;b", String(repeating: "x", count: 65)] {
            let made = try await server.request("GET", "/livez", fields: ["X-Request-Id: " + id])["X-Request-Id"]
            #expect(made?.wholeMatch(of: /[0-9a-f]{12,64}/) != nil, "\(id)")
        }
    }

    @Test func keepsConnectionsOpenExceptHTTP10() async throws {
        let server = try await ServedExample(isOpen: true)
        let connection = try server.connect()
        let get = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.send(get + get + "HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n" + get)
        for index in 0..<4 { #expect(try connection.answer(isToHead: index == 2)?.status == 200) }
        connection.send("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + get)
        #expect(try connection.answer()?["Connection"] == "close")
        #expect(try connection.answer() == nil, "nothing follows a close")
        let old = try server.connect()
        old.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try old.answer()?["Connection"] == "keep-alive")
        old.send("GET /livez HTTP/1.0\r\n\r\n")
        #expect(try old.answer()?["Connection"] == "close")
        #expect(try old.answer() == nil)
    }
}
