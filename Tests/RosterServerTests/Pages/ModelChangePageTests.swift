import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The change on the page of a provider")
struct ModelChangePageTests {
    private let server: ServedExample

    init() async throws { server = try await ServedExample() }

    private func change(
        _ query: String,
        _ token: ServedRepository.Token = .all,
        of name: String = "acme/claude"
    ) async throws -> String {
        let answer = try await server.request("GET", "/p/\(name)\(query)", token: token.text)
        try #require(answer.status == 200)
        return try #require(answer.text.section("change"))
    }

    @Test func showsCommandAndPatchOfPatchRequest() async throws {
        let section = try await change("?model=claude-opus-5")
        #expect(
            section.contains("<pre tabindex=0>roster provider update acme/claude --default-model claude-opus-5</pre>")
        )
        #expect(section.contains("<del>-defaultModel: claude-sonnet-5</del>\n<ins>+defaultModel: claude-opus-5</ins>"))
        #expect(section.contains("<input name=model value=\"claude-opus-5\""))
        let answer = try await server.request(
            "PATCH",
            ServedExample.item(ServedRepository.claude),
            token: ServedRepository.Token.all.text,
            body: "{\"defaultModel\": \"claude-opus-5\"}"
        )
        let patch = try #require((answer.object["fileEdit"] as? [String: Any])?["patch"] as? String)
        for line in patch.split(separator: "\n") { #expect(section.contains(line), "\(line)") }
    }

    @Test func hidesPatchFromTokenThatMayNotChange() async throws {
        for token in [ServedRepository.Token.reader, .writer] {
            let section = try await change("?model=claude-opus-5", token)
            #expect(section.contains("roster provider update acme/claude --default-model claude-opus-5"))
            #expect(!section.contains("<ins>") && !section.contains("anthropic-prod.yaml"))
        }
    }

    @Test func showsPlaceholderWithoutModel() async throws {
        for query in [
            "", "?model=", "?model=%00", "?model=%zz", "?utm_source=x", "?model=" + String(repeating: "m", count: 201),
        ] {
            let section = try await change(query)
            #expect(section.contains("--default-model NEW-MODEL</pre>") && section.contains("name=model value=\"\""))
        }
    }

    @Test func quotesHostileModels() async throws {
        let section = try await change("?model=--x%27%22%3C%2Fpre%3E%3Cscript%3E%24(id)")
        #expect(!section.contains("<script>"))
        #expect(section.contains("&#39;--default-model=--x&#39;\\&#39;&#39;&#34;&lt;/pre&gt;&lt;script&gt;$(id)&#39;"))
        let reader = try await change("?model=-x+y", .reader)
        #expect(reader.contains("&#39;--default-model=-x y&#39;"))
    }

    @Test func reportsProblemsOfModel() async throws {
        let same = try await change("?model=claude-sonnet-5")
        #expect(same.contains("there is nothing to change.") && !same.contains("title=\"the command\""))
        let long = String(repeating: "%C3%BC", count: 200)
        #expect(try await change("?model=\(long)").contains("--default-model"))
        let unlikely = try await change("?model=a+b")
        #expect(unlikely.contains("<ins>+defaultModel: a b</ins>") && unlikely.contains("<article>"))
        #expect(unlikely.contains("<small>unlikely-model</small>"))
        // The model is a part of the path of requests.
        let refused = try await change("?model=..%2Fx", of: "labs/gemini")
        #expect(refused.contains("<span class=\"b bad\">error</span>"))
        #expect(!refused.contains("<ins>") && !refused.contains("--default-model"))
    }

    @Test func listsOtherCommands() async throws {
        let section = try await change("")
        for command in [
            "roster provider update acme/claude --name &#39;NEW NAME&#39;",
            "roster provider update acme/claude --base-url https://api.anthropic.com/v1",
            "roster provider update acme/claude --config retry.max=3",
            "roster provider update acme/claude --handle new-handle", "roster secret set acme/anthropic-prod",
            "roster provider delete acme/claude",
        ] {
            #expect(section.contains("<pre tabindex=0>\(command)</pre>"), "\(command)")
        }
    }
}
