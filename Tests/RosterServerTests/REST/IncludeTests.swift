import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@testable import RosterServer

/// Look-up by handle, and the members that follow a record's ten.
@Suite("Included members")
struct IncludeTests {
    private typealias Repository = ServedRepository
    private static let list = ServedExample.list
    private static let gpt = list + "/acme/gpt-4o"

    @Test func findsRecordByItsHandles() async throws {
        let server = try await ServedExample(isOpen: true)
        for handles in ["acme/gpt-4o", "acme/claude", "labs/grok", "labs/vllm"] {
            let named = try await server.request("GET", Self.list + "/" + handles)
            let id = try #require(named.object["id"] as? String)
            let byID = try await server.request("GET", ServedExample.item(id))
            #expect(named.text == byID.text && named["ETag"] == byID["ETag"] && named.status == 200)
            let tag = try #require(named["ETag"])
            let fields = ["If-None-Match: \(tag)"]
            #expect(try await server.request("GET", Self.list + "/" + handles, fields: fields).status == 304)
            let head = try await server.request("HEAD", Self.list + "/" + handles)
            #expect(head.status == 200 && head["ETag"] == tag && head.body.isEmpty)
        }
        #expect(try await server.request("GET", Self.list + "/%61cme/gpt-4o").status == 200)
        for missing in [
            "acme/nothing", "nowhere/gpt-4o", "acme/GPT-4o", "acme/gpt-4o%00", "-/x", "acme%2Fgpt-4o", "acme/gpt%2F4o",
            "proj_GqqdIMpydOCXW6Km/gpt-4o", "labs/gpt-4o", "acme/aip_FS4ib95AxcWpHLzy",
        ] {
            let answer = try await server.request("GET", Self.list + "/" + missing)
            #expect(answer.status == 404 && answer.text.contains("There is no such provider"), "\(missing)")
        }
        for other in ["acme/gpt-4o/", "acme/gpt-4o/x", "acme/", "/acme", "//"] {
            let answer = try await server.request("GET", Self.list + "/" + other)
            #expect(answer.status == 404 && answer.text.contains("There is nothing here"), "\(other)")
        }
        #expect(try await server.request("PUT", Self.gpt).status == 405)
        #expect(try await server.request("POST", Self.gpt)["Allow"] == "GET, HEAD")
        for (method, operation) in [("PATCH", "update"), ("DELETE", "delete")] {
            let body = method == "PATCH" ? #"{"name": "New"}"# : nil
            let answer = try await server.request(method, Self.gpt, body: body)
            let edit = try #require(answer.object["fileEdit"] as? [String: Any])
            #expect(answer.status == 405 && edit["operation"] as? String == operation)
            #expect(edit["path"] as? String == "providers/acme/gpt-4o.yaml")
        }
    }

    @Test func addsMembersInTheirOrder() async throws {
        // ModelFieldTests have a catalogue with models.
        let catalogue = #"{"catalogue": 1, "built": "2026-11-01", "models": []}"#
        let server = try await ServedExample(isOpen: true, changes: ["models.json": catalogue])
        let plain = try await server.request("GET", Self.gpt)
        #expect(!plain.text.contains("endpoint") && !plain.text.contains("\"handle\""))
        let endpoint = """
            {"baseUrl":"https://eu.api.openai.com/v1","chat":"https://eu.api.openai.com/v1/chat/completions",\
            "host":"eu.api.openai.com:443","keyed":true}
            """
        let members = [
            "handle": #","handle":"acme/gpt-4o""#, "endpoint": #","endpoint":"# + endpoint, "model": #","model":null"#,
        ]
        for names in [
            ["handle"], ["endpoint"], ["model"], ["handle", "endpoint"], ["handle", "model"], ["endpoint", "model"],
            ["handle", "endpoint", "model"],
        ] {
            let wanted = plain.text.dropLast() + names.compactMap { members[$0] }.joined() + "}"
            for order in [names, names.reversed(), names + names] {
                let include = "?include=" + order.joined(separator: ",")
                for target in [Self.gpt, ServedExample.item(Repository.gpt)] {
                    let answer = try await server.request("GET", target + include)
                    #expect(answer.text == wanted)
                    #expect(answer["ETag"] == "\"sha256:" + Digest.sha256(of: answer.body.span).hex + "\"")
                }
                let list = try await server.request("GET", Self.list + include + "&q=acme/gpt-4o&provider=openai")
                #expect(list.text == "[" + wanted + "]")
            }
        }
        for query in ["include=", "include=name", "include=handle&include=model", "project=acme", "q=a"] {
            #expect(try await server.request("GET", Self.gpt + "?" + query).status == 400, "\(query)")
        }
        let fields = ["Accept-Encoding: gzip"]
        let list = try await server.request("GET", Self.list + "?include=endpoint", fields: fields)
        #expect(list["Content-Encoding"] == "gzip" && list["X-Total-Count"] == "10")
    }

    @Test func hasNoEndpointOfTheSameRecordWithoutOne() async throws {
        let server = try await ServedExample(isOpen: true)
        let all = try await server.request("GET", Self.list + "?include=endpoint").list
        for record in all {
            let endpoint = try #require(record["endpoint"] as? [String: Any])
            let (base, chat) = (endpoint["baseUrl"] as? String ?? "", endpoint["chat"] as? String ?? "")
            #expect(chat.hasPrefix(base + "/") && URL(string: chat)?.host != nil)
            let port = URL(string: base)?.port ?? (base.hasPrefix("https:") ? 443 : 80)
            #expect(endpoint["host"] as? String == "\(URL(string: base)?.host ?? ""):\(port)")
            #expect(endpoint["keyed"] as? Bool == (record["secretId"] as? String != nil))
        }
    }

    @Test func answersHealthLikeLiveness() async throws {
        let server = try await ServedExample()
        let (live, health) = (try await server.request("GET", "/livez"), try await server.request("GET", "/healthz"))
        #expect(live.text == health.text && health.status == 200 && live.shape == health.shape)
        #expect(try await server.request("POST", "/healthz").status == 405)
        #expect(try await server.request("GET", "/metrics").text.contains("roster_registry_loaded") == true)
    }

    @Test func describesProjects() async throws {
        let server = try await ServedExample(isOpen: true)
        let projects = try await server.request("GET", "/api/v1/projects")
        #expect(
            projects.text == """
                [{"id":"proj_GqqdIMpydOCXW6Km","handle":"acme","name":"Acme","providers":5},\
                {"id":"proj_hLF0TG2Fv5uUbiqq","handle":"labs","name":"Acme Labs","providers":5}]
                """
        )
        let labs = try await server.request("GET", "/api/v1/projects/labs")
        #expect(labs.text == #"{"id":"proj_hLF0TG2Fv5uUbiqq","handle":"labs","name":"Acme Labs","providers":5}"#)
        #expect(labs["ETag"] != nil && labs["Roster-Digest"] == projects["Roster-Digest"])
        let tag = ["If-None-Match: \(labs["ETag"] ?? "")"]
        #expect(try await server.request("GET", "/api/v1/projects/labs", fields: tag).status == 304)
        for path in ["/api/v1/projects/nowhere", "/api/v1/projects/Labs", "/api/v1/projects/proj_hLF0TG2Fv5uUbiqq"] {
            #expect(try await server.request("GET", path).status == 404)
        }
        for path in ["/api/v1/projects/", "/api/v1/projects/labs/", "/api/v1/projectsx"] {
            #expect(try await server.request("GET", path).text.contains("There is nothing here"))
        }
        for path in ["/api/v1/projects", "/api/v1/projects/labs", "/v1/models"] {
            #expect(try await server.request("GET", path + "?limit=1").status == 400)
            #expect(try await server.request("POST", path, body: "{}").status == 405)
            #expect(try await server.request("HEAD", path).status == 200)
        }
    }

    @Test func describesModelsInTheFormOfOpenAI() async throws {
        let server = try await ServedExample(isOpen: true)
        let answer = try await server.request("GET", "/v1/models")
        #expect(answer.text.hasPrefix(#"{"object":"list","data":[{"id":"acme/claude","object":"model","created":"#))
        let data = try #require(answer.object["data"] as? [[String: Any]])
        #expect(data.count == 10 && data.allSatisfy { $0["object"] as? String == "model" && $0["created"] is Int })
        #expect(data.first { $0["id"] as? String == "acme/gpt-4o" }?["owned_by"] as? String == "openai")
    }
}
