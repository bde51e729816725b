import ArgumentParser
import RosterEditing
import RosterModel
import Testing

@testable import RosterCommands

/// The settings that `secret set --for SLUG` accepts and rejects.
@Suite("Hosts of a secret from settings")
struct SecretTargetOptionsTests {
    private static let today = CalendarDate("2026-11-29")

    /// Returns the hosts for arguments after `secret set acme/k`, or the error.
    private func hosts(_ arguments: String) async throws -> Result<[String], CommandFailure> {
        let options = try SecretTargetOptions.parse(arguments.split(separator: " ").map(String.init))
        do {
            try options.arguments.check("acme/k")
            let slug = try #require(options.purpose.flatMap(ProviderSlug.init(rawValue:)))
            return .success(try await options.settings.settings.hosts(of: slug, today: try #require(Self.today)))
        } catch let failure as CommandFailure {
            return .failure(failure)
        } catch let failure as EditFailure {
            return .failure(CommandFailure(failure))
        }
    }

    @Test(
        "The hosts equal those of a provider with the same settings",
        arguments: [
            ("openai", "api.openai.com"), ("anthropic", "api.anthropic.com"),
            ("google", "generativelanguage.googleapis.com"), ("xai", "api.x.ai"),
            ("xai --region eu-west-1", "eu-west-1.api.x.ai"), ("groq", "api.groq.com"), ("ollama", "localhost:11434"),
            ("azure --resource-name acme-prod", "acme-prod.openai.azure.com"),
            ("azure --base-url https://acme.openai.azure.com", "acme.openai.azure.com"),
            (
                "bedrock --region eu-central-1",
                "bedrock-runtime.eu-central-1.amazonaws.com bedrock.eu-central-1.amazonaws.com"
            ),
            ("bedrock --base-url https://vpce-1.example.org", "vpce-1.example.org"),
            ("bedrock --region eu-central-1 --base-url https://vpce-1.example.org", "vpce-1.example.org"),
            ("gateway --base-url https://gw.example.org:8443/v1", "gw.example.org:8443"),
            ("custom --base-url http://localhost:8080/v1", "localhost:8080"),
            ("openai --base-url https://eu.api.openai.com", "eu.api.openai.com"),
            ("ollama --base-url https://ollama.example.org/prefix", "ollama.example.org"),
        ]
    )
    func hosts(arguments: String, expected: String) async throws {
        guard case .success(let found) = try await hosts("--for " + arguments) else {
            Issue.record("refused: \(try await hosts("--for " + arguments))")
            return
        }
        #expect(found.joined(separator: " ") == expected)
    }

    @Test(
        "The error for a missing setting suggests the complete command",
        arguments: [
            ("azure", "--for azure --resource-name NAME"), ("bedrock", "--for bedrock --region REGION"),
            ("gateway", "--for gateway --base-url URL"), ("custom", "--for custom --base-url URL"),
        ]
    )
    func missing(slug: String, command: String) async throws {
        guard case .failure(let failure) = try await hosts("--for " + slug) else {
            Issue.record("accepted: \(slug)")
            return
        }
        #expect(failure.exitCode == 64)
        #expect(failure.help == "give it: roster secret set acme/k " + command)
    }

    @Test(
        "A setting without effect is rejected, and the message names the option it belongs to",
        arguments: [
            ("--for openai --resource-name x", "--for azure"), ("--for bedrock --resource-name x", "--for azure"),
            ("--for azure --region eu-west-1", "--for xai and --for bedrock"),
            ("--for google --region eu-west-1", "--for xai and --for bedrock"),
            ("--for acme/az --resource-name x", "--for azure"), ("--for acme/az --base-url https://h", "any slug"),
            ("--host h.example.org --region eu-west-1", "--for bedrock"), ("--resource-name x", "--for azure"),
            ("--base-url https://h.example.org", "--for custom --base-url https://h.example.org"),
            ("--for azure --host h.example.org --resource-name x", "one of the two"),
        ]
    )
    func misplaced(arguments: String, home: String) async throws {
        guard case .failure(let failure) = try await hosts(arguments) else {
            Issue.record("accepted: \(arguments)")
            return
        }
        #expect(failure.exitCode == 64)
        #expect(failure.help?.contains(home) == true, "\(failure)")
    }

    @Test(
        "A value that check rejects in a file is rejected",
        arguments: [
            ("azure --resource-name acme.prod", "is not a resource name"),
            ("azure --resource-name Acme", "is not a resource name"),
            ("bedrock --region eu", "is not a region"), ("xai --region eu.evil.com/", "is not a region"),
            ("gateway --base-url http://gw.example.org/v1", "over http"),
            ("ollama --base-url http://192.168.1.5:11434", "over http"),
            ("gateway --base-url https://u:hunter2hunter2@gw.example.org", "user name or password"),
            ("gateway --base-url https://gw.example.org?api_key=hunter2hunter2", "has a query"),
            ("custom --base-url https://169.254.169.254/v1", "metadata address"),
            ("custom --base-url gw.example.org/v1", "must be a full URL"),
        ]
    )
    func invalid(arguments: String, words: String) async throws {
        guard case .failure(let failure) = try await hosts("--for " + arguments) else {
            Issue.record("accepted: \(arguments)")
            return
        }
        let text = (failure.message ?? "") + (failure.help ?? "")
        #expect(failure.exitCode == 64 && text.contains(words) && !text.contains("hunter2"), "\(failure)")
    }

    @Test(
        "An unknown slug is rejected with a suggested command",
        arguments: [
            ("gemini", "", "--for google"), ("azure-openai", "--resource-name r", "--for azure --resource-name r"),
            ("opnai", "", "--for openai"), ("claude", "", "--for anthropic"),
            ("aws", "", "--for bedrock --region REGION"),
            ("mistral", "", "--for custom --base-url https://api.mistral.ai/v1"),
            ("mistral", "--base-url https://m.example.org/v1", "--for custom --base-url https://m.example.org/v1"),
            ("https://h.example.org:8443/", "", "--host h.example.org:8443"),
            ("h.example.org", "", "--host h.example.org"),
        ]
    )
    func unknownSlug(name: String, settings: String, command: String) throws {
        let options = try EndpointOptions.parse(settings.split(separator: " ").map(String.init))
        let failure = CommandFailure(EditFailure.unknownSlug(name, "acme/k", options.settings))
        #expect(failure.exitCode == 64)
        #expect(failure.help?.hasSuffix("roster secret set acme/k " + command) == true, "\(failure)")
    }

    @Test(arguments: ["zzzzzz", "sk-proj-0123456789abcdef0123", "9f8e7d6c5b4a39281706f5e4d3c2b1a0"])
    func unknownSlugWithoutSuggestion(name: String) throws {
        let failure = CommandFailure(EditFailure.unknownSlug(name, "acme/k", EndpointSettings()))
        let text = (failure.message ?? "") + (failure.help ?? "")
        #expect(text.contains("one of openai, anthropic") && !text.contains("did you mean"))
        #expect(name == "zzzzzz" || !text.contains(name))
    }

    @Test func misplacedSettingIsLeftOutOfACompleteCommand() async throws {
        guard case .failure(let failure) = try await hosts("--for azure --region eu-west-1 --resource-name r") else {
            Issue.record("accepted")
            return
        }
        #expect(failure.help?.contains("roster secret set acme/k --for azure --resource-name r; ") == true)
        #expect(failure.exitCode == 64)
    }
}
