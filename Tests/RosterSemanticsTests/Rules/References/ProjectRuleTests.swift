import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterSemantics

@Suite("unknown-project")
struct UnknownProjectTests {
    @Test func reportsAFolderWithoutAnEntryOnce() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme"]),
            "providers/acme/a.yaml": Sample.provider(1),
            "providers/zeta-labs/a.yaml": Sample.provider(2, secret: "s"),
            "secrets/zeta-labs/s.yaml": Sample.secret(1),
            "secrets/only-secrets/s.yaml": Sample.secret(2),
        ])
        let found = test.findings(of: UnknownProject.self)
        #expect(found.map { test.place($0.place) } == ["providers/zeta-labs", "secrets/only-secrets"])
        #expect(found.first?.message == "roster.yaml has no project \"zeta-labs\"")
        #expect(found.first?.help == "add it under projects: roster project add zeta-labs")
    }

    @Test func suggestsASimilarProject() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "providers/acne/a.yaml": Sample.provider(1),
        ])
        #expect(try test.finding(of: UnknownProject.self).help == "did you mean the project \"acme\"?")
    }

    @Test(arguments: ["", "roster: 1\n", "roster: 1\nprojects: [acme]\n", Sample.broken])
    func ignoresFoldersWhenTheProjectsAreUnknown(_ roster: String) async throws {
        let test = try await TestRepository(["roster.yaml": roster, "providers/acme/a.yaml": Sample.provider(1)])
        #expect(test.findings(of: UnknownProject.self).isEmpty)
    }

    @Test func acceptsAFolderWhoseEntryIsBroken() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(projects: "  acme: {}\n"), "providers/acme/a.yaml": Sample.provider(1),
        ])
        #expect(test.findings(of: UnknownProject.self).isEmpty)
    }

    @Test(
        arguments: [
            ("acme", nil, nil), ("acne", "acme", "acme and beta"), ("something-else", nil, "acme and beta"),
            ("null", nil, nil), ("[acme]", nil, nil), ("Not A Handle", nil, nil),
        ] as [(String, String?, String?)]
    )
    func checksTheProjectOfAToken(_ project: String, _ nearest: String?, _ known: String?) async throws {
        let token = Sample.token(1, "      project: \(project)\n")
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["beta", "acme"], keys: "", access: Sample.access(tokens: token)),
            "providers/acme/a.yaml": Sample.provider(1), "providers/beta/a.yaml": Sample.provider(2),
        ])
        guard let known else {
            #expect(test.findings.isEmpty, "\(test.report)")
            return
        }
        let finding = try test.finding(of: UnknownProject.self)
        #expect(test.place(finding.place) == "roster.yaml:11: \(project)")
        #expect(finding.message == "there is no project \"\(project)\"")
        #expect(finding.help == "the projects are \(known)")
        #expect(finding.replacement?.text == nearest)
        #expect(finding.replacement?.isSafe != true)
        #expect(finding.label == nearest.map { "did you mean \"\($0)\"?" })
    }
}

@Suite("empty-project")
struct EmptyProjectTests {
    @Test func reportsAnEntryWithoutAFolder() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta", "only-secrets"]),
            "providers/acme/a.yaml": Sample.provider(1),
            "secrets/only-secrets/s.yaml": Sample.secret(1),
        ])
        let finding = try test.finding(of: EmptyProject.self)
        #expect(test.place(finding.place) == "roster.yaml:4: beta")
        #expect(finding.message == "the project \"beta\" has no provider and no secret")
        #expect(finding.help == "delete the entry, or add providers/beta/<handle>.yaml")
        #expect(finding.severity == .warning)
    }

    @Test(arguments: [
        ("{id: \(Sample.id("proj_", 9)), name: Beta}", true), ("{name: Beta}", true),
        ("{id: \(Sample.id("proj_", 9))}", true), ("{}", false), ("{id: proj_1}", false),
    ])
    func ignoresAnEntryThatCouldNotBeRead(_ entry: String, _ isReported: Bool) async throws {
        let projects = "  acme: {id: \(Sample.id("proj_", 1)), name: Acme}\n  beta: \(entry)\n"
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(projects: projects), "providers/acme/a.yaml": Sample.provider(1),
        ])
        #expect(test.places(of: EmptyProject.self) == (isReported ? ["roster.yaml:4: beta"] : []))
    }

    @Test(arguments: ["providers/b.yaml", "secrets/s.yaml", "Providers/beta/b.yaml", "providers/acme/deep/b.yaml"])
    func ignoresEntriesWhenARecordIsMisplaced(_ path: String) async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "providers/acme/a.yaml": Sample.provider(1),
            path: Sample.provider(2),
        ])
        #expect(test.findings(of: EmptyProject.self).isEmpty)
        #expect(test.findings(of: UnexpectedFile.self).count == 1)
    }

    @Test func acceptsAProjectWhoseFilesAreBroken() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme"]), "providers/acme/a.yaml": Sample.broken,
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }
}
