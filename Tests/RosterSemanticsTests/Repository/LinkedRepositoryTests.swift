import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterSemantics

@Suite("A linked repository")
struct LinkedRepositoryTests {
    private static let texts = [
        "roster.yaml": Sample.roster(["acme", "beta"]),
        "providers/acme/a.yaml": Sample.provider(1, name: "One"),
        "providers/acme/b.yaml": Sample.provider(2, name: "Two"),
        "providers/acme/c.yaml": Sample.provider(3, name: "Two"),
        "providers/beta/a.yaml": Sample.provider(1, name: "Two"),
        "providers/beta/b.yaml": Sample.provider(5, name: "Five"),
    ]

    @Test func findsRepeatedIDsAndNames() async throws {
        let repeated = try await TestRepository(Self.texts).repository.repeated
        // An id is compared in the whole repository, and a name in its project.
        #expect(repeated.ids == [0, 3])
        #expect(repeated.names == [1, 2])
    }

    @Test func wantsNoDeclarationThatIsPresent() async throws {
        #expect(try await TestRepository(Self.texts).repository.wantedFiles.isEmpty)
    }

    @Test func wantsTheReleasedDeclarationsOfRepeatedProviders() async throws {
        let whole = try await TestRepository(Self.texts)
        var test = try await TestRepository(Self.texts, declarations: false)
        #expect(test.repository.wantedFiles == [1, 2, 3, 4])
        #expect(test.findings.isEmpty, "\(test.report)")
        let wanted = try ["a", "b"].map { try whole.provider("providers/acme/\($0).yaml") }
        test.repository.restore(Dictionary(uniqueKeysWithValues: wanted.map { ($0.value.file, $0) }))
        #expect(test.repository.wantedFiles == [3, 4])
        let rest = try ["acme/c", "beta/a"].map { try whole.provider("providers/\($0).yaml") }
        test.repository.restore(Dictionary(uniqueKeysWithValues: rest.map { ($0.value.file, $0) }))
        #expect(test.repository.wantedFiles.isEmpty)
        #expect(test.report == whole.report)
        #expect(whole.findings.map(\.rule) == ["duplicate-id", "duplicate-name"])
    }

    @Test(
        "The links of a project are known when every provider was read and none was refused",
        arguments: [
            ("providers/acme/x.yaml", Sample.provider(8), true, true),
            ("providers/acme/x.yaml", Sample.provider(8, secret: "missing"), true, true),
            ("providers/acme/x.yaml", Sample.provider(8, secret: "Not A Name"), true, false),
            ("providers/acme/x.yaml", Sample.provider(8, secret: "[s]"), true, false),
            ("providers/acme/x.yaml", Sample.broken, false, false),
            ("providers/acme/x.yml", Sample.provider(8), false, false),
            ("providers/acme/X.yaml", Sample.provider(8), false, false),
            ("providers/acme/README.md", "text", true, true),
            ("secrets/acme/s.yaml", Sample.broken, true, true),
            ("secrets/acme/s.yml", Sample.secret(1), true, true),
        ]
    )
    func knowsTheLinksOfAProject(_ path: String, _ text: String, _ areRead: Bool, _ areKnown: Bool) async throws {
        let repository = try await TestRepository(Self.texts.merging([path: text]) { $1 }).repository
        #expect(repository.areProvidersRead(in: "acme") == areRead)
        #expect(repository.areLinksKnown(in: "acme") == areKnown)
        #expect(repository.areProvidersRead(in: "beta") && repository.areLinksKnown(in: "beta"))
    }

    @Test func knowsNoLinksWhenAProviderHasNoProject() async throws {
        let others = ["providers/loose.yaml": Sample.provider(8)]
        let repository = try await TestRepository(Self.texts.merging(others) { $1 }).repository
        for project in ["acme", "beta"] {
            #expect(!repository.areProvidersRead(in: project) && !repository.areLinksKnown(in: project))
        }
    }

    @Test func findsTheProjectAndTheSecretOfAProvider() async throws {
        let others = [
            "providers/beta/b.yaml": Sample.provider(5, secret: "s"), "secrets/beta/s.yaml": Sample.secret(7),
        ]
        let test = try await TestRepository(Self.texts.merging(others) { $1 })
        let repository = test.repository
        #expect(repository.projects == ["acme": 0, "beta": 1])
        let provider = try #require(repository.providers.last)
        #expect(repository.secret(linkedBy: provider)?.value.id?.value.description == Sample.id("sec_", 7))
        #expect(repository.id(ofProjectWith: provider.file)?.description == Sample.id("proj_", 2))
        #expect(try repository.linkedSecrets == [test.file("secrets/beta/s.yaml")])
        #expect(repository.today.description == "2026-11-24")
    }
}
