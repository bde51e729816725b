import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

/// Records in folders in which Roster does not read them.
struct MisplacedFileTests {
    private static let other = RuleExample.ollama()

    @Test(arguments: [
        ("providers/local.yaml", "git mv providers/local.yaml providers/acme/local.yaml"),
        ("providers/My Model.yml", "git mv 'providers/My Model.yml' providers/acme/my-model.yaml"),
        ("providers/local.json", "git mv providers/local.json providers/acme/local.yaml"),
        ("providers/acme/local.yml", "git mv providers/acme/local.yml providers/acme/local.yaml"),
        ("providers/acme/Local.YAML", "git mv providers/acme/Local.YAML providers/acme/local.yaml"),
        ("providers/acme/local.yaml.txt", "git mv providers/acme/local.yaml.txt providers/acme/local.yaml"),
        ("providers/acme/local.json", "git mv providers/acme/local.json providers/acme/local.yaml"),
        ("providers/acme/local.yaml ", "git mv 'providers/acme/local.yaml ' providers/acme/local.yaml"),
        ("providers/acme/eu/local.yaml", "git mv providers/acme/eu/local.yaml providers/acme/local.yaml"),
        ("providers/acme/eu/west/local.yml", "git mv providers/acme/eu/west/local.yml providers/acme/local.yaml"),
        ("provider/acme/local.yaml", "git mv provider/acme/local.yaml providers/acme/local.yaml"),
        ("Providers/acme/local.yaml", "git mv Providers/acme/local.yaml providers/acme/local.yaml"),
        ("provider/local.yaml", "git mv provider/local.yaml providers/acme/local.yaml"),
    ])
    func reportsMisplacedRecord(_ path: String, _ command: String) async throws {
        let found = try await ProviderMistakes((path, Self.other)).diagnostics()
        #expect(found.map(\.rule) == ["unexpected-file"], "\(found)")
        #expect(found.first?.severity == .error && found.first?.place.path == path)
        #expect(found.first?.help?.hasSuffix(command) == true, "\(found)")
    }

    @Test(arguments: ["secrets/openai-prod.yaml", "secret/acme/openai-prod.yaml", "secrets/acme/old/openai-prod.yaml"])
    func reportsMisplacedSecretOnce(_ path: String) async throws {
        let mistakes = ProviderMistakes((path, RuleExample.secret), ("secrets/acme/openai-prod.yaml", ""))
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unexpected-file"], "\(found)")
        #expect(found.first?.severity == .error)
        #expect(found.first?.help?.hasSuffix("git mv \(path) secrets/acme/openai-prod.yaml") == true, "\(found)")
    }

    @Test func suggestsCreatingFolderOfNewProject() async throws {
        let mistakes = ProviderMistakes(
            ("providers/acme/gpt-4o.yaml", ""),
            ("providers/gpt-4o.yaml", RuleExample.provider)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unexpected-file"])
        let command = "mkdir -p providers/acme && git mv providers/gpt-4o.yaml providers/acme/gpt-4o.yaml"
        #expect(found.first?.help?.hasSuffix(command) == true)
    }

    @Test func listsSeveralProjects() async throws {
        let roster = RuleExample.roster.replacing(
            "sealingKeys:",
            with: "  beta:\n    id: proj_3hPq7RsT9uVwXyZa\n    name: Beta\nsealingKeys:"
        )
        let found = try await ProviderMistakes(("roster.yaml", roster), ("providers/x.yaml", Self.other)).diagnostics()
        let help = try #require(found.first { $0.rule == "unexpected-file" }?.help)
        #expect(help.contains("acme or beta") && help.hasSuffix("git mv providers/x.yaml providers/<project>/x.yaml"))
    }

    @Test func doesNotSuggestUsedHandle() async throws {
        let found = try await ProviderMistakes(("providers/gpt-4o.yaml", Self.other)).diagnostics()
        #expect(found.first?.help?.hasSuffix("providers/acme/<another handle>.yaml") == true)
    }

    @Test(arguments: [
        "providers/README.md", "providers/acme/README.md", "providers/acme/gpt-4o.yaml.bak",
        "providers/acme/notes/a.txt",
        "secrets/acme/.DS_Store",
    ])
    func warnsAboutOtherFiles(_ path: String) async throws {
        let found = try await ProviderMistakes((path, "text\n")).diagnostics()
        #expect(found.map(\.rule) == ["unexpected-file"] && found.first?.severity == .warning, "\(found)")
    }

    @Test(arguments: [
        "providers/.gitkeep", "providers/acme/.gitattributes", "provider/main.tf", "provider/acme/values.yaml",
        "Secrets/readme.yaml", "src/provider/acme/x.yaml",
    ])
    func ignoresUnrelatedFiles(_ path: String) async throws {
        #expect(try await ProviderMistakes((path, "a: 1\n")).diagnostics().isEmpty)
    }
}
