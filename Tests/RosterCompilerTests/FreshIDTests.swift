import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// Ids that are missing, malformed or copied.
struct FreshIDTests {
    private static let withoutID = String(RuleExample.provider.drop { $0 != "\n" }.dropFirst())
    private static let path = "providers/acme/gpt-4o.yaml"

    @Test(arguments: [
        ("", ""), ("# yaml-language-server: $schema=x\n", ""), ("---\n", ""), ("# c\n---\n\n# d\n", ""), ("", "\r"),
        ("\u{FEFF}", ""), ("# c\n", "\r"),
    ])
    func insertsMissingIDAsFirstKey(_ head: String, _ carriageReturn: String) async throws {
        let text = (head + Self.withoutID).replacing("\n", with: carriageReturn + "\n")
        let mistakes = ProviderMistakes(provider: text)
        let found = try await mistakes.diagnostics()
        if head != "\u{FEFF}" {
            #expect(found.map(\.rule) == ["missing-field"])
            #expect(found.first?.help?.contains("id: aip_0000000000000001") == true)
        }
        let (after, files) = try await mistakes.fixed()
        #expect(after.isEmpty)
        let line = "id: aip_0000000000000001\n"
        let wanted = (head.replacing("\u{FEFF}", with: "") + line + Self.withoutID)
            .replacing("\n", with: carriageReturn + "\n")
        #expect(try files.text(Self.path) == wanted)
    }

    @Test(arguments: [
        "{name: a, provider: ollama, defaultModel: m}\n", "  name: a\n  provider: ollama\n  defaultModel: m\n",
    ])
    func insertsIDInOtherLayouts(_ text: String) async throws {
        let (after, files) = try await ProviderMistakes(provider: text).fixed()
        #expect(after.map(\.rule) == ["unused-secret"])
        #expect(try files.text(Self.path).contains("id: aip_0000000000000001"))
    }

    @Test func insertsIDIntoEmptyFlowMapping() async throws {
        let (after, files) = try await ProviderMistakes(provider: "{}\n").fixed()
        #expect(try files.text(Self.path) == "{id: aip_0000000000000001}\n")
        #expect(!after.contains { $0.message.contains("\"id\"") })
    }

    @Test(arguments: ["# roster:allow duplicate-name twins\n", "# c\n# roster:allow duplicate-name twins\n"])
    func keepsSuppressionAtItsLine(_ comment: String) async throws {
        let mistakes = ProviderMistakes(
            ("providers/acme/a-twin.yaml", RuleExample.provider),
            (Self.path, comment + Self.withoutID)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["missing-field"])
        #expect(found.first?.replacement == nil)
        #expect(found.first?.help?.contains("id: aip_0000000000000001") == true)
        #expect(found.first?.help?.contains("--fix") == false)
    }

    @Test(arguments: ["id:", "id: ", "id: \"\"", "id: null", "id: ~", "id: # later"])
    func fillsEmptyID(_ line: String) async throws {
        let mistakes = ProviderMistakes(provider: line + "\n" + Self.withoutID)
        #expect(try await mistakes.diagnostics().count == 1)
        let (after, files) = try await mistakes.fixed()
        #expect(after.isEmpty)
        #expect(try files.text(Self.path).hasPrefix("id: aip_0000000000000001"))
    }

    @Test(arguments: [
        "1", "aip_short", "my-model", "3f2c1d4e-0000-4000-8000-000000000000", "sec_J8sPq2LmN4tRvX6z", "on",
    ])
    func doesNotReplaceMalformedIDAutomatically(_ id: String) async throws {
        let found = try await ProviderMistakes(provider: "id: \(id)\n" + Self.withoutID).diagnostics()
        #expect(found.count == 1)
        #expect(found.first?.replacement == Diagnostic.Replacement(text: "aip_0000000000000001", isSafe: false))
        #expect(found.first?.help?.contains("git log -p -- \(Self.path)") == true)
    }

    @Test func replacesIDsOfCopiedProvidersInPathOrder() async throws {
        let beta = RuleExample.roster.replacing(
            "sealingKeys:",
            with:
                "  a-b:\n    id: proj_3hPq7RsT9uVwXyZa\n    name: B\n  a:\n    id: proj_4hPq7RsT9uVwXyZa\n    name: A\nsealingKeys:"
        )
        let text = RuleExample.ollama()
        let mistakes = ProviderMistakes(
            ("roster.yaml", beta),
            ("providers/a/x.yaml", text),
            ("providers/a-b/x.yaml", text),
            ("providers/acme/x.yaml", text)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.place.path) == ["providers/a/x.yaml", "providers/acme/x.yaml"])
        #expect(found.allSatisfy { $0.rule == "duplicate-id" })
        let (after, files) = try await mistakes.fixed()
        #expect(after.isEmpty)
        #expect(try files.text("providers/a-b/x.yaml") == text)
        #expect(try files.text("providers/a/x.yaml").contains("id: aip_0000000000000001\n"))
        #expect(try files.text("providers/acme/x.yaml").contains("id: aip_0000000000000002\n"))
    }

    @Test(arguments: ["id: sec_short", "id:", ""])
    func doesNotReplaceIDOfSecret(_ line: String) async throws {
        let text = RuleExample.secret.replacing("id: sec_J8sPq2LmN4tRvX6z", with: line)
        let found = try await ProviderMistakes(("secrets/acme/openai-prod.yaml", text)).diagnostics()
        #expect(found.count == 1 && found.first?.replacement == nil)
        #expect(found.first?.help?.contains("git log -p -- secrets/acme/openai-prod.yaml") == true)
    }

    @Test func keepsIDOfCopiedSecret() async throws {
        let found = try await ProviderMistakes(("secrets/acme/second.yaml", RuleExample.secret)).diagnostics()
        let duplicate = try #require(found.first { $0.rule == "duplicate-id" })
        #expect(duplicate.replacement == nil)
        #expect(duplicate.help?.contains("roster secret set acme/second --host api.openai.com") == true)
    }

    @Test func doesNotReplaceIDOfProjectWithSecrets() async throws {
        let roster = RuleExample.roster.replacing("    id: proj_V1StGXR8Z5jdHi6B\n", with: "")
        let bound = try await ProviderMistakes(("roster.yaml", roster)).diagnostics()
        #expect(bound.count == 1 && bound.first?.replacement == nil)
        #expect(bound.first?.help?.contains("git log -p -- roster.yaml") == true)
        let free = try await ProviderMistakes(
            ("roster.yaml", roster),
            ("secrets/acme/openai-prod.yaml", ""),
            (Self.path, RuleExample.ollama())
        ).diagnostics()
        #expect(free.first?.help?.contains("id: proj_0000000000000001") == true)
        #expect(free.first?.replacement?.isSafe == false)
    }

    @Test func suggestsIDForToken() async throws {
        let token = RuleExample.readerToken.replacing("- id: key_q2Wm9ZtL5rYb7KsV\n      name", with: "- name")
        let roster = RuleExample.access(policies: RuleExample.readerPolicy, tokens: token)
        let mistakes = ProviderMistakes(("roster.yaml", roster))
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["missing-field"])
        #expect(found.first?.replacement?.text == "id: key_0000000000000001\n      name")
        #expect(found.first?.replacement?.isSafe == false)
    }

    @Test func generatesNoIDWithoutSource() async throws {
        let tree = MemoryTree([("roster.yaml", Array(RuleExample.roster.utf8)), (Self.path, Array("name: a\n".utf8))])
        let checked = try await Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000))).analyze(tree)
        let missing = try #require(checked.diagnostics.first { $0.message.contains("\"id\"") })
        #expect(missing.replacement == nil)
        #expect(missing.help?.contains("aip_ and 16 random letters and digits") == true)
    }
}
