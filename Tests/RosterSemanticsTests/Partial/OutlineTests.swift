import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterSemantics

@Suite("The outline of a repository")
struct OutlineTests {
    private static func outline(_ texts: [String: String]) async throws -> PartialRegistry.Outline {
        let test = try await TestRepository(texts)
        return PartialRegistry.Outline(test.repository, files: test.files)
    }

    @Test func collectsRecordsInTheirOrder() async throws {
        let outline = try await Self.outline([
            "roster.yaml": Sample.roster(["beta", "acme"], keys: Sample.key(1) + Sample.key(2, isRetired: true)),
            "providers/acme/b.yaml": Sample.provider(2),
            "providers/acme/a.yaml": Sample.provider(1, secret: "s", "baseUrl: https://eu.api.openai.com/v1\n"),
            "secrets/acme/s.yaml": Sample.secret(1, hosts: "api.openai.com, api.x.ai", "rotateBy: 2027-01-31\n"),
            "secrets/beta/t.yaml": Sample.secret(2),
        ])
        #expect(outline.projects.map(\.handle) == ["beta", "acme"])
        #expect(outline.projects.map(\.id) == [1, 2].map { Sample.id("proj_", $0) })
        #expect(outline.sealingKeys.map(\.id.description) == [Sample.keyID(1), Sample.keyID(2)])
        #expect(outline.providers.map(\.handle) == ["a", "b"] && outline.providers.map(\.project) == ["acme", "acme"])
        #expect(outline.providers.compactMap(\.id) == [1, 2].map { Sample.id("aip_", $0) })
        #expect(outline.providers.map(\.slug) == [.openai, .ollama])
        #expect(outline.providers.map(\.secret) == ["s", nil])
        #expect(outline.providers.map(\.hasOwnBaseURL) == [true, false])
        #expect(outline.providers.map(\.path) == ["providers/acme/a.yaml", "providers/acme/b.yaml"])
        #expect(outline.providers[0].endpoint?.chat.description == "https://eu.api.openai.com/v1/chat/completions")
        #expect(outline.secrets.map(\.fullName) == ["acme/s", "beta/t"])
        #expect(outline.secrets.map(\.path) == ["secrets/acme/s.yaml", "secrets/beta/t.yaml"])
        #expect(outline.secrets.map(\.projectID) == [2, 1].map { Sample.id("proj_", $0) })
        #expect(outline.unreadableSecrets.isEmpty)
        let secret = outline.secrets[0]
        #expect(secret.id == Sample.id("sec_", 1) && secret.name == "Secret 1" && secret.generation == 1)
        #expect(secret.allowedHosts.map(\.text) == ["api.openai.com", "api.x.ai"])
        #expect(secret.fingerprint.description == "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        #expect(secret.rotateBy?.description == "2027-01-31")
        #expect(secret.boxes.map(\.key.description) == [Sample.keyID(1)] && secret.boxes[0].box == Sample.box(21))
    }

    @Test(
        "A secret is unreadable when any field of it is",
        arguments: [
            ("id: \(Sample.id("sec_", 1))\n", "id: sec_1\n"), ("name: Secret 1\n", ""),
            ("[api.openai.com]", "[api.openai.com, \"not a host\"]"), ("generation: 1", "generation: 0"),
            ("fingerprint: 0f1e", "fingerprint: xyz"), ("  - key: rk_", "  - key: xy_"), ("boxes:", "boxes: []\nmore:"),
            ("id: ", "- "),
        ]
    )
    func listsSecretsThatAreNotWhole(_ part: String, _ other: String) async throws {
        let text = Sample.secret(1)
        try #require(text.contains(part))
        let outline = try await Self.outline([
            "roster.yaml": Sample.roster(), "secrets/acme/s.yaml": text.replacing(part, with: other),
            "secrets/acme/t.yaml": Sample.secret(2),
        ])
        #expect(outline.secrets.map(\.handle) == ["t"])
        #expect(outline.unreadableSecrets == ["acme/s"])
    }

    @Test func listsSecretsOfAProjectWithoutAnID() async throws {
        let outline = try await Self.outline([
            "roster.yaml": Sample.roster(projects: "  acme: {name: Acme}\n"),
            "secrets/acme/s.yaml": Sample.secret(1), "secrets/beta/s.yaml": Sample.secret(2),
        ])
        #expect(outline.projects.isEmpty && outline.secrets.isEmpty)
        #expect(outline.unreadableSecrets == ["acme/s", "beta/s"])
    }

    @Test func keepsAProjectWithoutAName() async throws {
        let projects = "  acme: {id: \(Sample.id("proj_", 4))}\n"
        let outline = try await Self.outline(["roster.yaml": Sample.roster(projects: projects)])
        #expect(outline.projects.map(\.handle) == ["acme"])
    }

    @Test func keepsProvidersWithoutAnID() async throws {
        let outline = try await Self.outline([
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": "name: A\nprovider: openai\nbaseUrl: [x]\n",
            "providers/acme/b.yaml": Sample.broken,
        ])
        #expect(outline.providers.map(\.handle) == ["a"])
        let provider = try #require(outline.providers.first)
        #expect(provider.id == nil && provider.slug == .openai && provider.secret == nil && provider.endpoint == nil)
        // A value that cannot be read is one nevertheless.
        #expect(provider.hasOwnBaseURL)
    }
}
