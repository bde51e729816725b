import Foundation
import RosterTestSupport
import Testing

/// `roster models`: pagination, and the fields of each vendor.
@Suite("roster models")
struct ModelsProgramTests {
    struct Pages: CustomTestStringConvertible, Sendable {
        var slug: String
        var answers: String
        var targets: [String]

        var testDescription: String { slug }
    }

    @Test(
        "All pages are requested, each with the token of the previous one and at the provider's address",
        arguments: [
            Pages(
                slug: "anthropic",
                answers: #"""
                    {"GET /v1/models": [{"body": {"data": [{"id": "a"}, {"id": "m1"}], "has_more": true, "last_id": "m/1&x"}}],
                     "GET /v1/models?after_id=m%2F1%26x": [{"body": {"data": [{"id": "c"}], "has_more": true, "last_id": "c",
                       "next": "http://127.0.0.1:1/elsewhere"}}],
                     "GET /v1/models?after_id=c": [{"body": {"data": [{"id": "d"}], "has_more": false, "last_id": "d"}}]}
                    """#,
                targets: ["/v1/models", "/v1/models?after_id=m%2F1%26x", "/v1/models?after_id=c"]
            ),
            Pages(
                slug: "google",
                answers: #"""
                    {"GET /v1/models": [{"body": {"models": [{"name": "models/a"}, {"name": "models/m1"}],
                       "nextPageToken": "T=1"}}],
                     "GET /v1/models?pageToken=T%3D1": [{"body": {"nextPageToken": "T2"}}],
                     "GET /v1/models?pageToken=T2": [{"body": {"models": [{"name": "models/c"}, {"name": "models/d"}]}}]}
                    """#,
                targets: ["/v1/models", "/v1/models?pageToken=T%3D1", "/v1/models?pageToken=T2"]
            ),
            Pages(
                slug: "gateway",
                answers: #"""
                    {"GET /models": [{"body": {"data": [{"id": "a"}, {"id": "m1"}], "has_more": true}}],
                     "GET /models?after=m1": [{"body": {"data": [{"id": "c"}, {"id": "d"}], "has_more": false}}]}
                    """#,
                targets: ["/models", "/models?after=m1"]
            ),
        ]
    )
    func pages(_ pages: Pages) async throws {
        let server = try RecordingServer(answers: pages.answers)
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add(pages.slug, "secret: key\nbaseUrl: \(server.url)")
        let run = try await repository.run("models", "acme/\(pages.slug)")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(run.output == "   a\n*  m1\n   c\n   d\n")
        #expect(try server.records().map(\.target) == pages.targets)
    }

    @Test func requestsSecondPageLikeAnthropicAndGoogleSDKs() async throws {
        let cases = [
            (
                "anthropic",
                #"{"data": [{"id": "a", "type": "model", "display_name": "A", "created_at": "2026-01-01T00:00:00Z"}], "has_more": true, "first_id": "a", "last_id": "a b"}"#
            ),
            ("google", #"{"models": [{"name": "models/a"}], "nextPageToken": "a b/"}"#),
        ]
        for (slug, first) in cases {
            let last =
                "{\"data\": [], \"has_more\": false, \"first_id\": null, \"last_id\": null, \"models\": [{\"name\": \"models/b\"}]}"
            let answers = "{\"GET /v1/models\": [{\"body\": \(first)}, {\"body\": \(last)}]}"
            let (theirs, ours) = (try RecordingServer(answers: answers), try RecordingServer(answers: answers))
            #expect(try await Self.repository(slug, at: ours).run("models", "acme/\(slug)").exitCode == 0)
            let program = ["python3", RecordingServer.script("sdk_peer.py"), "environment", slug]
            let run = try await Self.repository(slug, at: theirs).run(["exec", "acme/\(slug)", "--"] + program)
            #expect(run.exitCode == 0, "\(run.error)")
            let expected = try theirs.records().filter { $0.method == "GET" }.map { Self.parameters($0.target) }
            #expect(expected.count == 2)
            #expect(try ours.records().map { Self.parameters($0.target) } == expected)
        }
    }

    private static func repository(_ slug: String, at server: RecordingServer) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add(slug, "secret: key\nbaseUrl: \(server.url)")
        return repository
    }

    /// Returns the path and the decoded parameters: `+` and `%20` both encode a space.
    private static func parameters(_ target: String) -> [String] {
        let components = URLComponents(string: target.replacing("+", with: "%20"))
        return [components?.path ?? ""] + (components?.queryItems ?? []).map { "\($0.name)=\($0.value ?? "")" }
    }

    @Test func stopsAtEndlessList() async throws {
        let endless = try RecordingServer(
            answers: #"{"*": [{"body": {"data": [{"id": "a"}], "has_more": true, "last_id": "a"}}]}"#
        )
        let repository = try await RuntimeRepository.at(endless)
        let run = try await repository.run("models", "acme/openai")
        #expect(run.exitCode == 3 && run.output.isEmpty && run.error.contains("has no end"), "\(run.error)")
        #expect(try endless.records().count == 2)
        let many = try RecordingServer(
            answers: "{"
                + (0..<101).map { page in
                    let query = page == 0 ? "" : "?after=\(page - 1)"
                    return
                        #""GET /v1/models\#(query)": [{"body": {"data": [], "has_more": true, "last_id": "\#(page)"}}]"#
                }.joined(separator: ",") + "}"
        )
        let deep = try await RuntimeRepository.at(many)
        let tooMany = try await deep.run("models", "acme/openai")
        #expect(tooMany.exitCode == 3 && tooMany.error.contains("more than 100 pages"), "\(tooMany.error)")
        #expect(try many.records().count == 100)
    }

    @Test func showsVendorFields() async throws {
        let server = try RecordingServer(
            answers: #"""
                {"GET /foundation-models": [{"body": {"modelSummaries": [
                   {"modelId": "m1", "modelName": "One", "providerName": "Acme", "modelLifecycle": {"status": "LEGACY"}}]}}],
                 "GET /v1/models": [{"body": {"data": [{"id": "x", "owned_by": "acme", "display_name": "X", "active": true},
                   {"id": "y", "owned_by": "", "lifecycle_status": "deprecated"}, {"id": "z\u001b[1m", "owned_by": 7}, 9]}}],
                 "GET /api/tags": [{"body": {"models": [{"name": "m1:latest", "model": "m1:latest"}, {"name": "b:1"}]}}]}
                """#
        )
        let repository = try await RuntimeRepository()
        try await repository.seal(RuntimeRepository.pair, "acme/aws")
        try await repository.seal()
        try repository.add("bedrock", "secret: aws\nbaseUrl: \(server.url)\nconfig: {region: eu-central-1}")
        try repository.add("openai", "secret: key\nbaseUrl: \(server.url)")
        try repository.add("ollama", "secret: key\nbaseUrl: \(server.url)")
        #expect(try await repository.run("models", "acme/bedrock").output == "*  m1  One  Acme  LEGACY\n")
        #expect(try await repository.run("models", "acme/ollama").output == "*  m1:latest\n   b:1\n")
        let openai = try await repository.run("models", "acme/openai")
        #expect(
            openai.output == """
                  x           X  acme  active
                  y                    deprecated
                  z\\u{1b}[1m
                m1, the default model of acme/openai, is not in the list

                """
        )
        let json = try await repository.run("models", "acme/openai", "--format", "json")
        let models = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(models?.count == 3)
        #expect(models?.first?["id"] as? String == "x" && models?.first?["displayName"] as? String == "X")
        #expect(models?.first?["vendor"] as? String == "acme" && models?.first?["lifecycle"] as? String == "active")
        #expect(models?[1]["vendor"] is NSNull && models?[1]["default"] as? Bool == false)
        #expect(json.error.contains("is not in the list"))
    }
}
