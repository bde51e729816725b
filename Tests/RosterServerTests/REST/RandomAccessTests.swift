import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

/// Every route of records compared with an independent decision, for random policies.
///
/// What is hidden is answered like what does not exist: with the same bytes and the same fields.
@Suite("Access with random policies")
struct RandomAccessTests {
    /// A record as the administrator sees it.
    private struct Record {
        var id: String
        var handle: String
        var members: [String: Any]
        /// The ten members, and all of them.
        var body: String
        var extended: String

        var project: String { String(handle.prefix { $0 != "/" }) }
        var projectID: String { members["projectId"] as? String ?? "" }

        func contains(_ text: String) -> Bool {
            [handle, members["name"], members["provider"], members["defaultModel"]].contains {
                ($0 as? String)?.lowercased().contains(text.lowercased()) == true
            }
        }
    }

    private let access: RandomAccess
    private let records: [Record]

    private static let list = ServedExample.list
    private static let all = "?include=model,handle,endpoint"

    init() async throws {
        var random = SeededGenerator(test: "RandomAccessTests")
        access = try await RandomAccess(tokens: 200, &random)
        let (server, admin) = (access.server, access.admin)
        var records: [Record] = []
        for members in try await server.request("GET", Self.list + Self.all, token: admin).list {
            let id = try #require(members["id"] as? String)
            let handle = try #require(members["handle"] as? String)
            records.append(
                Record(
                    id: id,
                    handle: handle,
                    members: members,
                    body: try await server.request("GET", ServedExample.item(id), token: admin).text,
                    extended: try await server.request("GET", ServedExample.item(id) + Self.all, token: admin).text
                )
            )
        }
        try #require(records.count == 11)
        self.records = records
    }

    private func get(_ target: String, _ token: RandomAccess.Token, _ method: String = "GET") async throws
        -> HTTPAnswer
    {
        // No request suspends, and the servers of other tests have to run as well.
        await Task.yield()
        let body = method == "PATCH" ? "{\"name\": \"New\"}" : nil
        return try await access.server.request(method, target, token: token.text, body: body)
    }

    /// Everything that a client sees of an answer, without the name of the request.
    private func seen(_ answer: HTTPAnswer, hiding texts: String...) -> [String] {
        let fields = answer.fields.filter { !["X-Request-Id", "Content-Length", "Date"].contains($0.name) }
        let text = texts.reduce(answer.text) { $0.replacing($1, with: "-") }
        return [String(answer.status)] + fields.map { $0.name + ": " + $0.value } + [text]
    }

    @Test func listsWhatTheOracleAllows() async throws {
        var random = SeededGenerator()
        var (shown, empty) = (0, 0)
        for token in access.tokens {
            let visible = records.filter { token.may("ListAiProviders", $0.handle) }
            let projects = Set(visible.map(\.projectID))
            var queries: [(String, (Record) -> Bool)] = [("", { _ in true })]
            for project in ["acme", "labs", "globex", "nowhere"] {
                queries.append(("?project=\(project)", { $0.project == project }))
            }
            for id in Set(records.map(\.projectID)).sorted() + ["proj_0000000000000000"] {
                queries.append(("?projectId=\(id)", { $0.projectID == id }))
            }
            for text in ["O", "acme/", "gpt", "a", "nothing%20of%20this", "llama3"] {
                queries.append(("?q=\(text)", { $0.contains(text.replacing("%20", with: " ")) }))
            }
            queries.append(
                ("?q=e&provider=openai", { $0.contains("e") && $0.members["provider"] as? String == "openai" })
            )
            for (query, matches) in queries.shuffled(using: &random).prefix(5) {
                let wanted = visible.filter(matches)
                let answer = try await get(Self.list + query, token)
                #expect(answer.status == 200 && answer["X-Total-Count"] == String(wanted.count))
                #expect(answer.text == "[" + wanted.map(\.body).joined(separator: ",") + "]", "\(query) \(token)")
                let mark = query.isEmpty ? "?" : "&"
                let extended = try await get(Self.list + query + mark + Self.all.dropFirst(), token)
                #expect(extended.text == "[" + wanted.map(\.extended).joined(separator: ",") + "]")
                if wanted.isEmpty { empty += 1 } else { shown += 1 }
            }
            try await expectAgreement(of: records.shuffled(using: &random).prefix(2), token, visible: projects)
        }
        #expect(shown > 100 && empty > 100, "\(shown) \(empty)")
    }

    /// Checks that `project` and `projectId` disagree only where the caller may see both.
    private func expectAgreement(
        of pair: ArraySlice<Record>,
        _ token: RandomAccess.Token,
        visible: Set<String>
    ) async throws {
        for one in pair {
            for other in pair.map(\.projectID) {
                let answer = try await get(Self.list + "?project=\(one.project)&projectId=\(other)", token)
                if visible.contains(one.projectID), visible.contains(other), one.projectID != other {
                    #expect(answer.status == 400)
                } else if one.projectID == other {
                    #expect(answer.status == 200)
                } else {
                    let missing = try await get(Self.list + "?project=nowhere&projectId=proj_0000000000000000", token)
                    #expect(answer.text == "[]" && seen(answer) == seen(missing))
                }
            }
        }
    }

    @Test func answersItemsAsTheOracleDecides() async throws {
        var random = SeededGenerator()
        var counts: [Int: Int] = [:]
        for token in access.tokens {
            for record in records.shuffled(using: &random).prefix(3) {
                let (byID, byName) = (ServedExample.item(record.id), Self.list + "/" + record.handle)
                let isVisible = token.may("GetAiProvider", record.handle)
                for (method, action) in [
                    ("GET", "GetAiProvider"), ("HEAD", "GetAiProvider"), ("PATCH", "UpdateAiProvider"),
                    ("DELETE", "DeleteAiProvider"),
                ] where method == "GET" || token.number < 25 {
                    let answers = [try await get(byID, token, method), try await get(byName, token, method)]
                    counts[answers[0].status, default: 0] += 1
                    guard isVisible else {
                        try await expectMissing(answers, record, method, token)
                        continue
                    }
                    let isRead = ["GET", "HEAD"].contains(method)
                    // Policies name most providers, which therefore cannot be deleted.
                    let isEdit = [405, 422].contains(answers[0].status)
                    let isRight = isRead ? answers[0].status == 200 : isEdit
                    #expect(
                        token.may(action, record.handle) ? isRight : answers[0].status == 403,
                        "\(method) \(record.handle) \(token)"
                    )
                    #expect(seen(answers[0], hiding: byID) == seen(answers[1], hiding: byName))
                    if method == "GET" { #expect(answers[0].text == record.body && answers[0]["ETag"] != nil) }
                }
                let extended = try await get(byName + Self.all, token)
                #expect(isVisible ? extended.text == record.extended : extended.status == 404)
            }
        }
        let edits = counts[405, default: 0] + counts[422, default: 0]
        for count in [200, 403, 404].map({ counts[$0, default: 0] }) + [edits] { #expect(count > 0, "\(counts)") }
    }

    private func expectMissing(
        _ answers: [HTTPAnswer],
        _ record: Record,
        _ method: String,
        _ token: RandomAccess.Token
    ) async throws {
        let missingID = try await get(ServedExample.item("aip_0000000000000000"), token, method)
        #expect(answers[0].status == 404)
        #expect(seen(answers[0], hiding: record.id) == seen(missingID, hiding: "aip_0000000000000000"))
        for name in [record.project + "/nothing", "nowhere/nothing", "No/Handle"] {
            let missing = try await get(Self.list + "/" + name, token, method)
            #expect(seen(answers[1], hiding: record.handle) == seen(missing, hiding: name))
        }
    }

    @Test func listsProjectsAndModelsOfVisibleProviders() async throws {
        for token in access.tokens {
            let visible = records.filter { token.may("ListAiProviders", $0.handle) }
            let counts = Dictionary(grouping: visible, by: \.project).mapValues(\.count)
            let projects = try await get("/api/v1/projects", token)
            #expect(projects.list.compactMap { $0["handle"] as? String } == counts.keys.sorted())
            let missing = try await get("/api/v1/projects/nowhere", token)
            #expect(missing.status == 404)
            for handle in ["acme", "globex", "labs"] {
                let answer = try await get("/api/v1/projects/\(handle)", token)
                guard let count = counts[handle] else {
                    #expect(seen(answer, hiding: handle) == seen(missing, hiding: "nowhere"))
                    continue
                }
                #expect(answer.object["providers"] as? Int == count && answer.object["handle"] as? String == handle)
                #expect(answer.object.keys.sorted() == ["handle", "id", "name", "providers"])
                #expect(projects.text.contains(answer.text))
            }
            let models = try await get("/v1/models", token)
            let data = try #require(models.object["data"] as? [[String: Any]])
            #expect(models.object["object"] as? String == "list")
            #expect(data.compactMap { $0["id"] as? String } == visible.map(\.handle))
            let owners = visible.compactMap { $0.members["provider"] as? String }
            #expect(data.compactMap { $0["owned_by"] as? String } == owners)
        }
    }

    @Test func needsTokenForEveryRouteOfRecords() async throws {
        for path in [
            Self.list, Self.list + "?q=a", ServedExample.item(records[0].id), Self.list + "/" + records[0].handle,
            Self.list + "/nowhere/nothing", "/api/v1/projects", "/api/v1/projects/acme", "/v1/models",
        ] {
            let answer = try await access.server.request("GET", path)
            #expect(answer.status == 401 && answer["WWW-Authenticate"] == "Bearer")
            #expect((answer.object["detail"] as? String)?.contains("roster token create") == true)
        }
    }
}
