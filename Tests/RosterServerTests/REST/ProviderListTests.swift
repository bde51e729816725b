import Foundation
import RosterSemantics
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Parameters of the provider list")
struct ProviderListTests {
    private typealias Repository = ServedRepository
    private static let list = ServedExample.list

    @Test func filtersByParametersAndPages() async throws {
        let server = try await ServedExample(isOpen: true)
        let all = try await server.request("GET", Self.list).ids
        #expect(all.count == 10)
        func ids(_ query: String) async throws -> [String] {
            let answer = try await server.request("GET", Self.list + "?" + query)
            #expect(answer.status == 200, "\(query) \(answer.text)")
            return answer.ids
        }
        #expect(try await ids("projectId=\(Repository.labs)") == Array(all.suffix(5)))
        #expect(try await ids("provider=openai") == [Repository.gpt])
        #expect(try await ids("secretId=\(Repository.openAISecret)") == [Repository.gpt])
        #expect(try await ids("provider=xai&projectId=\(Repository.acme)") == [])
        for missing in ["projectId=proj_0000000000000000", "project=nowhere", "q=nothing%20of%20this"] {
            #expect(try await ids(missing) == [])
        }
        for missing in ["sec_0000000000000000", "acme", "%00", "aip_FS4ib95AxcWpHLzy", "%F0%9F%A6%99"] {
            #expect(try await ids("secretId=" + missing) == [])
        }
        #expect(try await ids("project=labs") == Array(all.suffix(5)))
        #expect(try await ids("project=labs&projectId=\(Repository.labs)") == Array(all.suffix(5)))
        #expect(try await ids("project=nowhere&projectId=\(Repository.labs)") == [])
        #expect(try await ids("project=labs&projectId=proj_0000000000000000") == [])
        let groq = try await server.request("GET", Self.list + "/labs/llama-groq").object["id"] as? String
        #expect(try await ids("q=GROQ") == [try #require(groq)])
        #expect(try await ids("q=acme%2Fgpt-4O&provider=openai") == [Repository.gpt])
        #expect(try await ids("p%72ovider=op%65nai&limit=1") == [Repository.gpt])
        #expect(try await ids("limit=1000") == all)
        #expect(try await ids("offset=3") == Array(all[3...]))
        #expect(try await ids("limit=3&offset=2") == Array(all[2..<5]))
        #expect(try await ids("offset=10") == [])
        #expect(try await ids("limit=007&offset=00") == Array(all[..<7]))
        // Following `next` gives every record once.
        for limit in [1, 3, 10, 11] {
            var (target, found): (String?, [String]) = (Self.list + "?limit=\(limit)", [])
            while let page = target {
                let answer = try await server.request("GET", page)
                #expect(answer["X-Total-Count"] == "10")
                found += answer.ids
                target = Self.links(answer)["next"]
            }
            #expect(found == all)
        }
    }

    @Test func linksToTheAdjacentPages() async throws {
        let server = try await ServedExample(isOpen: true)
        for (query, expected) in Self.pages {
            let answer = try await server.request("GET", Self.list + "?" + query)
            let links = Self.links(answer)
            let offsets = links.mapValues { link in
                link.firstMatch(of: /[?&]offset=([0-9]+)$/).flatMap { Int($0.1) } ?? -1
            }
            #expect(offsets == expected, "\(query): \(answer["Link"] ?? "")")
            for link in links.values {
                #expect(link.hasPrefix(Self.list + "?"), "relative, whatever Host says")
                #expect(try await server.request("GET", link).status == 200, "\(link)")
            }
        }
    }

    private static let pages: [(query: String, offsets: [String: Int])] = [
        ("limit=4", ["first": 0, "next": 4, "last": 8]),
        ("limit=4&offset=4", ["first": 0, "prev": 0, "next": 8, "last": 8]),
        ("limit=4&offset=8", ["first": 0, "prev": 4, "last": 8]),
        ("limit=4&offset=2", ["first": 0, "prev": 0, "next": 6, "last": 8]),
        ("limit=5&offset=5", ["first": 0, "prev": 0, "last": 5]),
        ("limit=4&offset=900", ["first": 0, "prev": 8, "last": 8]),
        ("limit=10", ["first": 0, "last": 0]),
        ("limit=2&provider=xai&projectId=proj_GqqdIMpydOCXW6Km", ["first": 0, "last": 0]),
        ("limit=2&projectId=proj_0000000000000000", ["first": 0, "last": 0]),
        ("limit=4&q=a&include=model,handle", ["first": 0, "next": 4, "last": 8]),
        ("limit=2&project=labs&q=%26%C3%A9+%25", ["first": 0, "last": 0]),
        ("limit=4&project=acme&projectId=proj_GqqdIMpydOCXW6Km", ["first": 0, "next": 4, "last": 4]),
    ]

    @Test func rejectsInvalidParametersByName() async throws {
        let server = try await ServedExample(isOpen: true)
        for (query, named) in Self.mistakes {
            let answer = try await server.request("GET", Self.list + "?" + query)
            #expect(answer.status == 400, "\(query) gives \(answer.status)")
            #expect((answer.object["detail"] as? String)?.contains(named) == true, "\(answer.text)")
            #expect(answer.object["instance"] as? String == Self.list, "a query is not repeated")
        }
        #expect(try await server.request("GET", ServedExample.item(Repository.gpt) + "?limit=1").status == 400)
        #expect(try await server.request("GET", ServedExample.item("aip_0000000000000000") + "?limit=1").status == 404)
    }

    private static let mistakes = [
        ("q=" + String(repeating: "a", count: 201), "q"),
        ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=-1", "limit"), ("limit=1.0", "limit"),
        ("limit=%2B1", "limit"), ("limit=", "limit"), ("limit", "limit"), ("limit=1&limit=1", "limit"),
        ("limit=99999999999999999999", "limit"), ("limit=%EF%BC%91", "limit"), ("offset=-1", "offset"),
        ("offset=", "offset"), ("offset=1e3", "offset"), ("offset=1000000000", "offset"), ("projectId=", "projectId"),
        ("secretId=", "secretId"), ("provider=", "provider"), ("provider=OpenAI", "provider"),
        ("provider=openai&provider=xai", "provider"), ("provider=openai%00", "provider"), ("Limit=1", "Limit"),
        ("projectId=acme", "projectId"), ("projectId=%00", "projectId"), ("project=", "project"),
        ("project=Acme", "project"), ("project=proj_GqqdIMpydOCXW6Km", "projectId"), ("project=a/b", "project"),
        ("project=acme&project=labs", "project"), ("project=acme&projectId=proj_hLF0TG2Fv5uUbiqq", "project"),
        ("q=", "q"), ("q=a&q=b", "q"), ("include=", "include"), ("include=handle&include=model", "include"),
        ("include=Handle", "include"), ("include=handle,", "include"), ("include=handle,secret", "secret"),
        ("include=handle%20", "include"), ("page=2", "page"),
        ("projectId[]=x", "projectId[]"), ("%6Cimit=1&limit=2", "limit"), ("=", "parameter"),
        ("limit=%zz", "%"), ("limit=%", "%"), ("projectId=%ff", "UTF-8"), ("x=%3Cscript%3E", "x"),
    ]

    /// The targets of `Link`, by relation.
    private static func links(_ answer: HTTPAnswer) -> [String: String] {
        (answer["Link"] ?? "").matches(of: /<([^>]*)>; rel="([a-z]+)"/).reduce(into: [:]) { links, match in
            links[String(match.2)] = String(match.1)
        }
    }
}
