import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

/// Invalid values of `secret`.
struct SecretReferenceTests {
    @Test(arguments: [
        "acme/openai-prod", "openai-prod.yaml", "acme/openai-prod.yaml", "secrets/acme/openai-prod.yaml",
        "./secrets/acme/openai-prod.yaml", "openai-prod.yml", "sec_J8sPq2LmN4tRvX6z", "OpenAI-Prod", "openai_prod",
        "\"openai-prod \"",
    ])
    func fixesOtherFormOfKnownName(_ text: String) async throws {
        let (mistakes, found) = try await problem(text)
        #expect(found.replacement == Diagnostic.Replacement(text: "openai-prod", isSafe: true))
        #expect(found.help?.contains("\"secret: openai-prod\"") == true)
        #expect(try await mistakes.fixed().diagnostics.isEmpty)
    }

    @Test(arguments: ["acme/openai-prod", "secrets/acme/openai-prod.yaml", "sec_J8sPq2LmN4tRvX6z", "${OPENAI_API_KEY}"])
    func showsNameInExcerpt(_ text: String) async throws {
        let (_, found) = try await problem(text)
        #expect(found.place.excerpt?.text == "secret: \(text)")
    }

    @Test(arguments: [
        "hunterHUNTER22", "sk-proj-Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3",
        "acme/sk0123456789abcdef0123456789abcdef", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "p@ss word",
        "${AKIAIOSFODNN7EXAMPLE2024}", "AKIAIOSFODNN7EXAMPLE2024",
    ])
    func masksOtherTextAndSuggestsSealing(_ text: String) async throws {
        let mistakes = Self.mistakes(text)
        let found = try await mistakes.diagnostics()
        #expect(!"\(found)".contains(text))
        let problem = try #require(found.first { $0.rule == "invalid-value" })
        #expect(problem.help?.contains("roster secret set acme/gpt-4o --for acme/gpt-4o") == true)
        #expect(problem.help?.contains("secrets/acme/openai-prod.yaml: was it renamed?") == true)
        #expect(problem.help?.contains("\"secret: openai-prod\"") == true)
        #expect(problem.replacement == nil)
        #expect(!found.contains { $0.rule == "unused-secret" })
    }

    @Test(arguments: [
        "${OPENAI_API_KEY}", "$OPENAI_API_KEY", "env:OPENAI_API_KEY", "os.environ/OPENAI_API_KEY", "OPENAI_API_KEY",
        "\"${{ secrets.OPENAI_API_KEY }}\"",
    ])
    func suggestsSealingForVariable(_ text: String) async throws {
        let (_, found) = try await problem(text)
        let command = "printf %s \"$OPENAI_API_KEY\" | roster secret set acme/gpt-4o --for acme/gpt-4o"
        #expect(found.help?.contains(command) == true)
    }

    @Test(arguments: ["beta/openai-prod", "beta/other", "secrets/beta/openai-prod.yaml"])
    func rejectsSecretOfAnotherProject(_ text: String) async throws {
        let (_, found) = try await problem(text)
        #expect(found.message.contains("secrets of its project"))
        #expect(found.replacement?.isSafe != true)
    }

    @Test func rejectsIDOfSecretOfAnotherProject() async throws {
        var mistakes = Self.mistakes("sec_K8sPq2LmN4tRvX6z")
        let secret = RuleExample.secret.replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_K8sPq2LmN4tRvX6z")
        mistakes.files.append(("secrets/beta/openai-prod.yaml", secret))
        let found = try await mistakes.diagnostics().first { $0.rule == "invalid-value" }
        #expect(found?.message.contains("secrets of its project") == true)
        #expect(found?.replacement == Diagnostic.Replacement(text: "openai-prod", isSafe: false))
    }

    @Test func listsSecretsForUnknownID() async throws {
        let (_, found) = try await problem("sec_0000000000000000")
        #expect(found.help == "the project has openai-prod")
    }

    @Test(arguments: ["{name: openai-prod}", "[openai-prod]"])
    func explainsCollectionAsReference(_ text: String) async throws {
        let found = try await Self.mistakes(text).diagnostics()
        #expect(found.map(\.rule) == ["wrong-type"])
        #expect(found.first?.help?.contains("\"secret: <name>\"") == true)
    }

    @Test func findsRenamedSecretByLink() async throws {
        let mistakes = ProviderMistakes(
            ("secrets/acme/openai-prod.yaml", ""),
            ("secrets/acme/key-of-2026.yaml", RuleExample.secret)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-secret"])
        #expect(found.first?.help?.contains("secrets/acme/key-of-2026.yaml: was it renamed?") == true)
        #expect(found.first?.replacement == Diagnostic.Replacement(text: "key-of-2026", isSafe: false))
    }

    @Test func findsMovedProviderDespiteUnlinkedSecret() async throws {
        let roster = RuleExample.roster.replacing(
            "sealingKeys:",
            with: "  beta:\n    id: proj_3hPq7RsT9uVwXyZa\n    name: Beta\nsealingKeys:"
        )
        let other = RuleExample.secret.replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_K8sPq2LmN4tRvX6z")
        let mistakes = ProviderMistakes(
            ("roster.yaml", roster),
            ("secrets/beta/other.yaml", other),
            ("providers/acme/gpt-4o.yaml", ""),
            ("providers/beta/gpt-4o.yaml", RuleExample.provider)
        )
        let found = try await mistakes.diagnostics()
        let link = try #require(found.first { $0.rule == "unknown-secret" })
        #expect(link.help?.contains("secrets/acme/openai-prod.yaml") == true)
        #expect(!found.contains { $0.rule == "unused-secret" && $0.place.path.hasPrefix("secrets/acme/") })
    }

    @Test(arguments: ["openai-prod-2", "openai-prd"])
    func findsRenamedSecretWithSimilarName(_ name: String) async throws {
        let mistakes = ProviderMistakes(
            ("secrets/acme/openai-prod.yaml", ""),
            ("secrets/acme/\(name).yaml", RuleExample.secret)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-secret"])
        let help = try #require(found.first?.help)
        #expect(help.contains("secrets/acme/\(name).yaml: was it renamed? write \"secret: \(name)\""), "\(help)")
        #expect(found.first?.replacement == Diagnostic.Replacement(text: name, isSafe: false))
    }

    @Test func reportsMovedProviderOnce() async throws {
        let roster = RuleExample.roster.replacing(
            "sealingKeys:",
            with: "  beta:\n    id: proj_3hPq7RsT9uVwXyZa\n    name: Beta\nsealingKeys:"
        )
        let mistakes = ProviderMistakes(
            ("roster.yaml", roster),
            ("providers/acme/gpt-4o.yaml", ""),
            ("providers/beta/gpt-4o.yaml", RuleExample.provider)
        )
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule) == ["unknown-secret"])
        let help = try #require(found.first?.help)
        #expect(help.contains("git mv providers/beta/gpt-4o.yaml providers/acme/gpt-4o.yaml"))
        #expect(help.contains("secrets/acme/openai-prod.yaml"))
    }

    @Test func noHelpSuggestsDeletingSecret() async throws {
        for rule in RuleCatalogue.all {
            #expect(!rule.explanation.contains("secret delete"), "\(rule.name)")
            for found in try await ProviderMistakes(files: rule.failing.files).diagnostics() {
                #expect(found.help?.contains("secret delete") != true, "\(rule.name)")
                #expect(found.help?.contains("delete it") != true || found.rule != "unused-secret", "\(rule.name)")
            }
        }
    }

    private static func mistakes(_ text: String) -> ProviderMistakes {
        ProviderMistakes(provider: RuleExample.provider.replacing("secret: openai-prod", with: "secret: \(text)"))
    }

    private func problem(_ text: String) async throws -> (ProviderMistakes, Diagnostic) {
        let mistakes = Self.mistakes(text)
        let found = try await mistakes.diagnostics()
        #expect(found.map(\.rule).filter { $0 != "unused-secret" } == ["invalid-value"], "\(found)")
        return (mistakes, try #require(found.first { $0.rule == "invalid-value" }))
    }
}
