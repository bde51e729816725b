import RosterBridges
import RosterJSON
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

@testable import RosterPages

@Suite struct SnippetTests {
    private static func titles(_ provider: RegisteredProvider) -> [String] { Snippet.all(for: provider).map(\.title) }

    private static func text(_ title: String, _ provider: RegisteredProvider) throws -> String {
        let snippet = try #require(Snippet.all(for: provider).first { $0.title == title })
        return snippet.blocks.map(\.text).joined(separator: "\n")
    }

    @Test func hasOneSnippetForEachProgram() throws {
        let all = ["roster exec", "curl", "Python", "TypeScript", "LiteLLM", "opencode"]
        #expect(Self.titles(try SnippetRecords.provider(.anthropic)) == all)
        #expect(Self.titles(try SnippetRecords.provider(.ollama, hasSecret: false)) == all)
    }

    @Test func signedRequestsHaveTheCommandLineOfAWS() throws {
        let ambient = try SnippetRecords.provider(
            .bedrock,
            config: ["region": "eu-central-1", "auth": "ambient"],
            hasSecret: false
        )
        #expect(Self.titles(ambient).contains("AWS CLI") && !Self.titles(ambient).contains("curl"))
    }

    /// As a separate argument, this model would be an option.
    @Test func modelIsPartOfTheRequestOfTheCommandLineOfAWS() throws {
        let provider = try SnippetRecords.provider(.bedrock, model: "--debug", config: ["region": "eu-central-1"])
        let text = try Self.text("AWS CLI", provider)
        #expect(text.contains(#" --cli-input-json '{"modelId":"--debug","#))
    }

    @Test func configurationsAreThoseOfExport() throws {
        let provider = try SnippetRecords.provider(
            .gateway,
            baseURL: "https://h.example",
            config: ["headers": ["x": "y"]]
        )
        let exported = try ExportedProvider(provider)
        var findings: [ExportFinding] = []
        let liteLLM = Snippet.all(for: provider).first { $0.title == "LiteLLM" }?.blocks.first
        #expect(liteLLM?.file == "litellm.yaml")
        #expect(
            ExportFormat.litellm.text(of: [exported], &findings).hasSuffix("FILE\n" + (liteLLM?.text ?? "-") + "\n")
        )
        let openCode = Snippet.all(for: provider).first { $0.title == "opencode" }?.blocks.first
        #expect(ExportFormat.opencode.text(of: [exported], &findings) == (openCode?.text ?? "-") + "\n")
    }

    @Test func leavesOutProgramsThatWouldSendRequestsElsewhere() throws {
        // A prefix by which LiteLLM chooses another API.
        #expect(!Self.titles(try SnippetRecords.provider(.openai, model: "responses/m")).contains("LiteLLM"))
        // No package of opencode encodes the slash.
        #expect(!Self.titles(try SnippetRecords.provider(.google, model: "a/b")).contains("opencode"))
    }

    @Test func providerWithoutKeySendsNone() throws {
        for slug in [ProviderSlug.ollama, .custom] {
            let provider = try SnippetRecords.provider(slug, baseURL: "http://127.0.0.1:1", hasSecret: false)
            let text = try Self.text("curl", provider)
            #expect(!text.contains("KEY") && !text.contains("@-"))
        }
        #expect(try !Self.text("TypeScript", SnippetRecords.provider(.ollama, hasSecret: false)).contains("KEY"))
        #expect(try Self.text("TypeScript", SnippetRecords.provider(.ollama)).contains("OLLAMA_API_KEY"))
    }

    @Test func versionOfAnthropicIsPassed() throws {
        let provider = try SnippetRecords.provider(.anthropic, config: ["version": "2023-06-01"])
        #expect(try Self.text("Python", provider).contains(#"default_headers={"anthropic-version": "2023-06-01"}"#))
        #expect(try !Self.text("Python", SnippetRecords.provider(.anthropic)).contains("default_headers"))
    }

    @Test("A record that the format does not allow has no snippet")
    func invalidRecords() throws {
        for model in ["", "a\nEND\nid", "a\u{1b}[31m", "a\0b", "a\u{9b}b"] {
            #expect(Self.titles(try SnippetRecords.provider(.openai, model: model)) == [], "\(model)")
        }
        for (name, value) in [
            ("x", "a\nEND\nid"), ("x", "é"), ("@/etc/passwd", "a"), ("Authorization", "a"), ("", "a"),
        ] {
            let headers = JSONObject([JSONObject.Member(name: name, value: .string(value))])
            let config: JSONValue = ["headers": .object(headers)]
            let provider = try SnippetRecords.provider(.custom, baseURL: "https://h.example", config: config)
            #expect(Self.titles(provider) == [], "\(name): \(value)")
        }
        #expect(Self.titles(try SnippetRecords.provider(.gateway)) == [])
        #expect(Self.titles(try SnippetRecords.provider(.google, model: "../x")) == [])
    }

    // MARK: Escaping

    @Test func wordsOfAShellAreQuoted() {
        #expect(("\(word: "it's $HOME")" as ShellScript).text == #"'it'\''s $HOME'"#)
        #expect(("\(word: "")" as ShellScript).text == "''")
    }

    @Test func jsonInAShellHasNoQuoteAndNoInvisibleCharacter() throws {
        let value = "it's\n\u{1b}\u{7f}\u{85}\u{202e}\u{feff}!\"\\\u{e0001}é\u{1f600}"
        var json = JSONWriter(.compact)
        json.string(value)
        let document = json.bytes
        let text = ("\(json: document)" as ShellScript).text
        #expect(text == #"'"it\u0027s\n\u001b\u007f\u0085\u202e\ufeff!\"\\\udb40\udc01é😀"'"#)
        #expect(try JSONReader.read(String(text.dropFirst().dropLast())) == .string(value))
    }

    @Test func delimiterOfAHereDocumentIsNotOneOfItsLines() {
        #expect(("sh \(input: "a\nEND\nEND_\nb")" as ShellScript).text == "sh <<'END__'\na\nEND\nEND_\nb\nEND__")
        #expect(("sh \(input: "an END")" as ShellScript).text == "sh <<'END'\nan END\nEND")
    }

    @Test func stringLiteralsAreClosedByTheirQuoteOnly() {
        let text = ("\(string: "\"\\'${x}\n\u{2028}\u{0}é\u{1f600}")" as SourceCode).text
        #expect(text == #""\"\\'${x}\u000a\u2028\u0000é😀""#)
    }
}
