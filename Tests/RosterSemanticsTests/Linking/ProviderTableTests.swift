import RosterFrontend
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("The table of providers")
struct ProviderTableTests {
    private static let texts = [
        "roster.yaml": Sample.roster(["acme", "beta"]),
        "providers/acme/a.yaml": Sample.provider(1, name: "One", secret: "s"),
        "providers/acme/b.yaml": Sample.provider(1, name: "Two", secret: "s"),
        "providers/acme/c.yaml": Sample.provider(3, name: "One", secret: "missing"),
        "providers/beta/a.yaml": Sample.provider(4, name: "One"),
        "providers/beta/b.yaml": "name: 5\nprovider: ollama\ndefaultModel: m\n",
        "secrets/acme/s.yaml": Sample.secret(1),
    ]

    /// Returns a table of some providers of a repository.
    private static func table(
        _ test: TestRepository,
        _ paths: [String]? = nil,
        keepsDeclaration: Bool = true
    ) throws -> ProviderTable {
        var table = ProviderTable(of: test.listing, models: nil, capacity: 8)
        for path in paths ?? (1..<test.listing.firstSecret).map({ test.listing.files[$0].path }) {
            let provider = try test.provider(path)
            let link = test.repository.providers.first { $0.file == provider.value.file }?.link ?? .nowhere
            table.append(provider, link, keepsDeclaration: keepsDeclaration)
        }
        return table
    }

    @Test func keepsOrReleasesDeclarations() async throws {
        let test = try await TestRepository(Self.texts)
        let kept = try Self.table(test)
        let released = try Self.table(test, keepsDeclaration: false)
        #expect(kept.all.map(\.file) == [1, 2, 3, 4, 5])
        #expect(kept.all.allSatisfy { $0.declaration?.value.file == $0.file })
        #expect(released.all.map(\.file) == [1, 2, 3, 4, 5])
        #expect(released.all.allSatisfy { $0.declaration == nil })
        #expect(kept.hashes.ids == released.hashes.ids && kept.hashes.names == released.hashes.names)
    }

    @Test func hashesIDsAndNamesOfEachProject() async throws {
        let hashes = try Self.table(try await TestRepository(Self.texts)).hashes
        #expect(hashes.ids[0] == hashes.ids[1])
        #expect(Set(hashes.ids.prefix(4)).count == 3)
        #expect(hashes.names[0] == hashes.names[2])
        #expect(hashes.names[0] != hashes.names[1])
        // The same name in another project.
        #expect(hashes.names[0] != hashes.names[3])
        // The last provider has neither an id nor a name.
        #expect(hashes.ids[4] == 0 && hashes.names[4] == 0)
        #expect(!hashes.ids.prefix(4).contains(0) && !hashes.names.prefix(4).contains(0))
    }

    @Test func collectsTheLinkedSecrets() async throws {
        let test = try await TestRepository(Self.texts)
        #expect(try Self.table(test).linkedSecrets == [0])
        #expect(try Self.table(test, ["providers/acme/c.yaml", "providers/beta/a.yaml"]).linkedSecrets.isEmpty)
    }

    @Test(arguments: ["[s]", "Not A Name", "s.yaml"])
    func recordsProjectsWithRefusedLinks(_ link: String) async throws {
        var texts = Self.texts
        texts["providers/beta/a.yaml"] = Sample.provider(4, secret: link)
        let table = try Self.table(try await TestRepository(texts))
        #expect(table.projectsWithRefusedLinks == ["beta"])
        #expect(table.projectsWithUnknownLinks.isEmpty)
    }

    @Test func recordsProjectsWithUnknownLinks() async throws {
        let test = try await TestRepository(Self.texts)
        var table = ProviderTable(of: test.listing, models: nil, capacity: 0)
        table.appendBroken(try test.file("providers/beta/a.yaml"))
        #expect(table.projectsWithUnknownLinks == ["beta"])
        table.skip([1, 2, 3])
        #expect(table.projectsWithUnknownLinks == ["acme", "beta"])
        table.skip(projects: ["gamma"])
        #expect(table.projectsWithUnknownLinks == ["acme", "beta", "gamma"])
        #expect(table.all.isEmpty)
    }

    @Test func recordsEveryProjectOfSkippedFiles() async throws {
        let test = try await TestRepository(Self.texts)
        var table = ProviderTable(of: test.listing, models: nil, capacity: 0)
        table.skip(1..<6)
        #expect(table.projectsWithUnknownLinks == ["acme", "beta"])
        var empty = ProviderTable(of: test.listing, models: nil, capacity: 0)
        empty.skip([])
        #expect(empty.projectsWithUnknownLinks.isEmpty)
    }

    @Test("Tables of consecutive chunks are appended to the table of all", arguments: 0...5)
    func appendsTables(cut: Int) async throws {
        var texts = Self.texts
        texts["providers/beta/a.yaml"] = Sample.provider(4, secret: "[s]")
        let test = try await TestRepository(texts)
        let paths = (1...5).map { test.listing.files[$0].path }
        let whole = try Self.table(test)
        var first = try Self.table(test, Array(paths[..<cut]))
        var second = try Self.table(test, Array(paths[cut...]))
        second.skip(projects: ["gamma"])
        first.append(contentsOf: second)
        #expect(first.all.map(\.file) == whole.all.map(\.file))
        #expect(first.hashes.ids == whole.hashes.ids && first.hashes.names == whole.hashes.names)
        #expect(first.projectsWithRefusedLinks == ["beta"])
        #expect(first.projectsWithUnknownLinks == ["gamma"])
        #expect(first.linkedSecrets == whole.linkedSecrets)
    }

    @Test func restoresReleasedDeclarations() async throws {
        let test = try await TestRepository(Self.texts)
        var table = try Self.table(test, keepsDeclaration: false)
        table.restore([:])
        #expect(table.all.allSatisfy { $0.declaration == nil })
        table.restore([3: try test.provider("providers/acme/c.yaml")])
        #expect(table.all.map { $0.declaration?.value.file } == [nil, nil, 3, nil, nil])
    }

    @Test func replacesAProvider() async throws {
        let test = try await TestRepository(Self.texts)
        var table = try Self.table(test)
        var texts = Self.texts
        texts["providers/acme/b.yaml"] = Sample.provider(9, name: "One", secret: "No Name")
        let changed = try await TestRepository(texts)
        table.replace(try changed.provider("providers/acme/b.yaml"), .nowhere)
        let expected = try Self.table(changed)
        #expect(table.hashes.ids == expected.hashes.ids && table.hashes.names == expected.hashes.names)
        #expect(
            table.all.map { $0.declaration?.value.id?.value } == expected.all.map { $0.declaration?.value.id?.value }
        )
        #expect("\(table.all[1].link)" == "nowhere")
        #expect(table.projectsWithRefusedLinks == ["acme"])
    }
}
