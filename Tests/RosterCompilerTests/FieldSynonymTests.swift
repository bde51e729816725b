import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

/// Synonyms of the format's keys.
struct FieldSynonymTests {
    @Test(arguments: [
        ("defaultModel:", "model:"), ("defaultModel:", "default_model:"), ("defaultModel:", "modelName:"),
        ("defaultModel:", "deployment_name:"), ("defaultModel:", "DefaultModel:"), ("defaultModel:", "\"model\":"),
        ("provider:", "type:"), ("provider:", "slug:"), ("provider:", "Vendor:"), ("name:", "title:"),
        ("name:", "label:"), ("name:", "display_name:"), ("secret:", "secret_name:"), ("secret:", "secretRef:"),
        ("id:", "ID:"),
    ])
    func fixesSynonym(_ field: String, _ synonym: String) async throws {
        let lines = RuleExample.provider.split(separator: "\n").map(String.init)
        let text = lines.map { $0.hasPrefix(field) ? synonym + $0.dropFirst(field.count) : $0 }
        let mistakes = ProviderMistakes(provider: text.joined(separator: "\n") + "\n")
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"], "\(found)")
        #expect(found.first?.label == "did you mean \"\(field.dropLast())\"?")
        let fixed = try mistakes.fixed(found)
        #expect(try await fixed.diagnostics().isEmpty)
    }

    @Test(arguments: [
        "base_url", "api_base", "endpoint", "url", "baseURL", "azure_endpoint", "host",
    ])
    func renamesKeyWithURLToBaseURL(_ key: String) async throws {
        let mistakes = ProviderMistakes(provider: RuleExample.provider + "\(key): https://api.openai.com/v1\n")
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"])
        #expect(try await mistakes.fixed(found).diagnostics().isEmpty)
        let other = try await ProviderMistakes(provider: RuleExample.provider + "\(key): api.openai.com\n")
            .diagnostics()
        #expect(other.map(\.rule) == ["unknown-field"])
        #expect(other.first?.replacement?.isSafe == false)
    }

    @Test(arguments: ["options: {temperature: 1}", "settings:\n  temperature: 1", "litellm_params: {a: b}"])
    func settingsAreRenamedToConfig(_ line: String) async throws {
        let mistakes = ProviderMistakes(provider: RuleExample.provider + line + "\n")
        let found = try await mistakes.diagnostics()
        #expect(found.first?.label == "did you mean \"config\"?")
        #expect(try await mistakes.fixed(found).diagnostics().isEmpty)
    }

    @Test func suggestsConfigForTopLevelSetting() async throws {
        let bedrock = RuleExample.provider.replacing("provider: openai", with: "provider: bedrock")
        let found = try await ProviderMistakes(provider: bedrock + "region: eu-central-1\n").diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"])
        #expect(found.first?.label == "belongs under config")
        #expect(found.first?.help == "write it under config: \"config: {region: …}\"")
        #expect(found.first?.replacement == nil)
    }

    @Test(arguments: ["api_key", "apiKey", "key", "token", "openai_api_key", "credentials", "value"])
    func neitherRenamesNorShowsKey(_ key: String) async throws {
        let value = "hunter2hunter2x"
        for quoting in ["\(key): \(value)", "\(key): '\(value)'", "\"\(key)\": \(value)"] {
            let text = RuleExample.provider.replacing("secret: openai-prod", with: quoting)
            let found = try await ProviderMistakes(provider: text).diagnostics()
            #expect(found.map(\.rule) == ["unknown-field"])
            #expect(found.first?.replacement == nil)
            #expect(found.first?.help?.contains("roster secret set") == true)
            #expect(!"\(found)".contains(value))
        }
    }

    @Test(arguments: [
        "{name: a, provider: ollama, defaultModel: m, key: hunter2hunter2x}\n",
        "{name: a, provider: ollama, defaultModel: m,\n  \"key\": hunter2hunter2x}\n",
        "  name: a\n  provider: ollama\n  defaultModel: m\n  value: hunter2hunter2x\n",
        "# c\n---\n{key: {a: hunter2hunter2x}, name: a}\n",
    ])
    func masksKeyInEveryLayout(_ text: String) async throws {
        let found = try await ProviderMistakes(provider: text).diagnostics()
        #expect(found.contains { $0.rule == "unknown-field" })
        #expect(!"\(found)".contains("hunter2"))
    }

    @Test func doesNotSuggestExistingField() async throws {
        let mistakes = ProviderMistakes(provider: RuleExample.provider + "model: gpt-4o\ndescription: for search\n")
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-field", "unknown-field"])
        #expect(found.allSatisfy { $0.replacement == nil && $0.label == nil })
    }

    @Test func doesNotRenameKeyOfInvalidValueAutomatically() async throws {
        let text = RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "models: [gpt-4o]")
        let found = try await ProviderMistakes(provider: text).diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"])
        #expect(found.first?.replacement?.isSafe == false)
    }

    @Test func checksValueOfSynonym() async throws {
        let text = RuleExample.provider.replacing("provider: openai", with: "type: ollama")
            .replacing("secret: openai-prod", with: "base_url: http://169.254.169.254")
        let found = try await ProviderMistakes(provider: text).diagnostics()
        #expect(found.contains { $0.rule == "forbidden-host" })
    }

    @Test(arguments: [
        ("allowedHosts:", "allowed_hosts:"), ("allowedHosts:", "hosts:"), ("generation:", "gen:"),
        ("name:", "title:"), ("id:", "secret_id:"),
    ])
    func fixesSynonymInSecret(_ field: String, _ synonym: String) async throws {
        let text = RuleExample.secret.replacing("\n" + field, with: "\n" + synonym)
        let mistakes = ProviderMistakes(
            ("secrets/acme/openai-prod.yaml", field == "id:" ? synonym + text.dropFirst(3) : text)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"])
        #expect(try await mistakes.fixed(found).diagnostics().isEmpty)
    }

    @Test(arguments: [
        ("roster: 1", "version: 1"), ("sealingKeys:", "sealing_keys:"), ("sealingKeys:", "keys:"),
        ("publicKey:", "public_key:"), ("    name: Acme", "    title: Acme"),
    ])
    func fixesSynonymInRoster(_ field: String, _ synonym: String) async throws {
        let mistakes = ProviderMistakes(("roster.yaml", RuleExample.roster.replacing(field, with: synonym)))
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-field"])
        #expect(try await mistakes.fixed(found).diagnostics().isEmpty)
    }
}
