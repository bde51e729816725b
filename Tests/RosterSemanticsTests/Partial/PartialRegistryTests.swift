import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources
import SealedBoxes
import Testing

@testable import RosterSemantics

@Suite("The partial registry")
struct PartialRegistryTests {
    private static func registry(_ texts: [String: String]) async throws -> (PartialRegistry, TestRepository) {
        let test = try await TestRepository(texts)
        return (PartialRegistry(test.repository, files: test.files, test.parsed), test)
    }

    @Test func describesEveryFile() async throws {
        let provider = "# A model.\n\n" + Sample.provider(1, secret: "s")
        let (registry, _) = try await Self.registry([
            "roster.yaml": Sample.roster(), "providers/acme/a.yaml": provider,
            "providers/acme/b.yaml": Sample.broken, "secrets/acme/s.yaml": Sample.secret(1),
        ])
        let files = registry.files
        #expect(
            files.map(\.path) == [
                "roster.yaml", "providers/acme/a.yaml", "providers/acme/b.yaml", "secrets/acme/s.yaml",
            ]
        )
        #expect(files.map(\.role) == [.roster, .provider, .provider, .secret])
        #expect(files.map(\.project) == ["", "acme", "acme", "acme"])
        #expect(files.map(\.handle) == ["", "a", "b", "s"])
        #expect(files.map(\.state) == [.read, .read, .broken, .read])
        #expect(files.map(\.hasErrors) == [false, false, true, false])
        #expect(files.map(\.line) == [1, 3, 1, 1])
        #expect(files[1].bytes == Array(provider.utf8) && files[2].bytes == Array(Sample.broken.utf8))
    }

    @Test func keepsSuppressions() async throws {
        let comments = "# roster:allow unlikely-model a test\n# roster:allow unused-secret another\n"
        let (registry, _) = try await Self.registry([
            "roster.yaml": Sample.roster(), "providers/acme/a.yaml": comments + Sample.provider(1),
        ])
        #expect(registry.files.map(\.suppressions) == [[], ["unlikely-model", "unused-secret"]])
    }

    @Test func readsEveryFieldOfARecord() async throws {
        let lines = "baseUrl: https://eu.api.openai.com/v1\nconfig: {organization: org-1}\n"
        let (registry, _) = try await Self.registry([
            "roster.yaml": Sample.roster(["acme"], keys: Sample.key(1) + Sample.key(2, isRetired: true)),
            "providers/acme/a.yaml": Sample.provider(1, name: "One", secret: "s", lines),
            "secrets/acme/s.yaml": Sample.secret(7, hosts: "eu.api.openai.com", "rotateBy: 2027-01-31\n"),
        ])
        #expect(registry.projects == [.init(handle: "acme", id: Sample.id("proj_", 1), name: "Project acme")])
        let provider = try #require(registry.providers.first)
        #expect(provider.file == 1 && provider.id == Sample.id("aip_", 1))
        #expect(provider.projectID == Sample.id("proj_", 1))
        #expect(provider.name == "One" && provider.slug == .openai && provider.defaultModel == "gpt-5.6")
        #expect(provider.secret == "s" && provider.secretID == Sample.id("sec_", 7))
        #expect(provider.baseURL == "https://eu.api.openai.com/v1")
        #expect(provider.config?.members.map(\.name) == ["organization"])
        #expect(provider.endpoint?.chat.description == "https://eu.api.openai.com/v1/chat/completions")
        let secret = try #require(registry.secrets.first)
        #expect(secret.file == 2 && secret.id == Sample.id("sec_", 7) && secret.name == "Secret 7")
        #expect(secret.projectID == Sample.id("proj_", 1))
        #expect(secret.allowedHosts?.map(\.text) == ["eu.api.openai.com"])
        #expect(secret.generation == 1 && secret.rotateBy?.description == "2027-01-31")
        #expect(secret.fingerprint?.description == "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        #expect(secret.boxes.map(\.key.description) == [Sample.keyID(1)])
        #expect(secret.boxes.map(\.box) == [Sample.box(141)])
        #expect(registry.sealingKeys.map(\.id.description) == [Sample.keyID(1), Sample.keyID(2)])
        #expect(registry.sealingKeys.map(\.isRetired) == [false, true])
        #expect(registry.sealingKeys.map(\.publicKey) == [1, 2].compactMap { Sample.publicKey($0)?.base64 })
        #expect(registry.access == nil)
    }

    @Test("A record without an id is absent, and its file is broken", arguments: ["", "id: aip_1\n", "id:\n"])
    func leavesOutRecordsWithoutAnID(_ line: String) async throws {
        func text(_ record: String) -> String {
            line + record.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
        }
        let (registry, test) = try await Self.registry([
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": text(Sample.provider(1)),
            "providers/acme/b.yaml": Sample.provider(2, secret: "t"),
            "secrets/acme/s.yaml": text(Sample.secret(1)),
            "secrets/acme/t.yaml": Sample.secret(2),
        ])
        #expect(registry.providers.map(\.id) == [Sample.id("aip_", 2)])
        #expect(registry.secrets.map(\.id) == [Sample.id("sec_", 2)])
        let broken = registry.files.filter { $0.state == .broken }.map(\.path)
        #expect(broken == ["providers/acme/a.yaml", "secrets/acme/s.yaml"])
        #expect(try registry.providers.map(\.file) == [test.file("providers/acme/b.yaml")])
    }

    @Test func hasNilForFieldsThatCouldNotBeRead() async throws {
        let (registry, _) = try await Self.registry([
            "roster.yaml": Sample.roster([]).replacing("projects:", with: "projects: {}"),
            "providers/acme/a.yaml":
                "id: \(Sample.id("aip_", 1))\nprovider: opnai\nbaseUrl: [x]\nconfig: 5\nsecret: s\n",
            "secrets/acme/s.yaml": "id: \(Sample.id("sec_", 1))\nallowedHosts: [\"not a host\"]\ngeneration: x\n",
        ])
        let provider = try #require(registry.providers.first)
        #expect(provider.projectID == nil && provider.name == nil && provider.slug == nil)
        #expect(provider.defaultModel == nil && provider.baseURL == nil && provider.config == nil)
        #expect(provider.endpoint == nil)
        #expect(provider.secretID == Sample.id("sec_", 1))
        let secret = try #require(registry.secrets.first)
        #expect(secret.projectID == nil && secret.name == nil && secret.allowedHosts == nil)
        #expect(secret.generation == nil && secret.fingerprint == nil && secret.rotateBy == nil)
        #expect(secret.boxes.isEmpty)
        #expect(registry.files.map(\.hasErrors) == [false, true, true])
        #expect(registry.files.map(\.state) == [.read, .read, .read])
    }

    @Test(
        arguments: [
            ("s", "s", Sample.id("sec_", 1)), ("missing", "missing", nil), ("broken", "broken", nil),
            ("sk0123456789abcdef0123456789abcdef", "[redacted]", nil), (nil, nil, nil), ("Not A Name", nil, nil),
        ] as [(String?, String?, String?)]
    )
    func showsTheLinkOfAProvider(_ link: String?, _ shown: String?, _ id: String?) async throws {
        let (registry, _) = try await Self.registry([
            "roster.yaml": Sample.roster(), "providers/acme/a.yaml": Sample.provider(1, secret: link),
            "secrets/acme/broken.yaml": Sample.broken, "secrets/acme/s.yaml": Sample.secret(1),
        ])
        let provider = try #require(registry.providers.first)
        #expect(provider.shownSecret == shown)
        #expect(provider.secretID == id)
    }

    @Test func leavesOutFilesThatWereNotRead() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(), "providers/acme/a.yaml": Sample.provider(1),
            "providers/acme/b.yaml": Sample.provider(2), "secrets/acme/s.yaml": Sample.secret(1),
        ])
        var files = test.files
        files[1] = .unread
        let registry = PartialRegistry(test.repository, files: files, test.parsed)
        #expect(registry.files.map(\.path) == ["roster.yaml", "providers/acme/b.yaml", "secrets/acme/s.yaml"])
        #expect(registry.providers.map(\.id) == [Sample.id("aip_", 2)])
        #expect(registry.providers.map(\.file) == [1] && registry.secrets.map(\.file) == [2])
    }

    @Test func keepsABrokenRosterAmongItsFiles() async throws {
        for text in ["", Sample.broken] {
            let (registry, _) = try await Self.registry([
                "roster.yaml": text, "providers/acme/a.yaml": Sample.provider(1),
            ])
            #expect(registry.files.map(\.state) == [.broken, .read])
            #expect(registry.projects.isEmpty && registry.sealingKeys.isEmpty && registry.access == nil)
            #expect(registry.providers.map(\.projectID) == [nil])
        }
    }

    @Test func isEmptyWithoutARepository() {
        let registry = PartialRegistry()
        #expect(registry.files.isEmpty && registry.projects.isEmpty && registry.providers.isEmpty)
        #expect(registry.secrets.isEmpty && registry.sealingKeys.isEmpty && registry.access == nil)
    }
}
