import RosterFrontend
import RosterModel
import Testing

@testable import RosterSemantics

@Suite("The table of projects")
struct ProjectTableTests {
    private static func table(_ roster: String) async throws -> (ProjectTable, TestRepository) {
        let test = try await TestRepository([
            "roster.yaml": roster,
            "providers/acme/a.yaml": Sample.provider(1),
            "providers/beta/a.yaml": Sample.provider(2),
            "secrets/acme/s.yaml": Sample.secret(1),
            "secrets/gamma/s.yaml": Sample.secret(2),
        ])
        return (test.repository.index.projects, test)
    }

    @Test func findsTheProjectOfEachFile() async throws {
        let (table, test) = try await Self.table(Sample.roster(["beta", "gamma", "acme"]))
        #expect(table.positions == ["beta": 0, "gamma": 1, "acme": 2])
        let expected = [
            ("providers/acme/a.yaml", 3), ("providers/beta/a.yaml", 1), ("secrets/acme/s.yaml", 3),
            ("secrets/gamma/s.yaml", 2),
        ]
        for (path, number) in expected {
            let id = table.id(ofProjectWith: try test.file(path))
            #expect(id?.description == Sample.id("proj_", number), "\(path)")
        }
    }

    @Test func hasNoIDForAFolderWithoutAnEntry() async throws {
        let (table, test) = try await Self.table(Sample.roster(["acme", "beta"]))
        #expect(table.id(ofProjectWith: try test.file("secrets/gamma/s.yaml")) == nil)
        #expect(table.id(ofProjectWith: try test.file("secrets/acme/s.yaml")) != nil)
    }

    @Test(arguments: ["acme: {id: proj_1, name: Acme}", "acme: {name: Acme}", "acme: {}"])
    func hasNoIDForAProjectWithoutOne(_ entry: String) async throws {
        let (table, test) = try await Self.table(Sample.roster(projects: "  \(entry)\n"))
        #expect(table.positions == ["acme": 0])
        #expect(table.id(ofProjectWith: try test.file("providers/acme/a.yaml")) == nil)
    }

    @Test(arguments: ["", "roster: [", "- a\n"])
    func isEmptyWhenTheRosterIsBroken(_ text: String) async throws {
        let (table, test) = try await Self.table(text)
        #expect(table.positions.isEmpty)
        #expect(table.roster.projects.isEmpty && table.roster.sealingKeys.isEmpty)
        #expect(!table.roster.areProjectsKnown)
        #expect(table.id(ofProjectWith: try test.file("providers/acme/a.yaml")) == nil)
    }

    @Test func isEmptyWhenTheRosterIsNotAFile() async throws {
        let (table, test) = try await Self.table(Sample.roster())
        let empty = ProjectTable(listing: table.listing, roster: .broken)
        #expect(empty.positions.isEmpty)
        #expect(empty.id(ofProjectWith: try test.file("providers/acme/a.yaml")) == nil)
    }

    @Test func leavesOutProjectsWithoutAHandle() async throws {
        let projects =
            "  Acme: {id: \(Sample.id("proj_", 1)), name: A}\n  beta: {id: \(Sample.id("proj_", 2)), name: B}\n"
        let (table, _) = try await Self.table(Sample.roster(projects: projects))
        #expect(table.positions == ["beta": 0])
    }
}
