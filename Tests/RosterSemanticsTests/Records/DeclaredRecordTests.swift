import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterSemantics

@Suite("Records from declarations")
struct DeclaredRecordTests {
    private static let file = TreeFile(folder: "secrets/acme", name: "openai-prod.yaml", limit: 1_000)

    private static func secret(_ text: String) async throws -> SecretDeclaration {
        let test = try await TestRepository(["roster.yaml": Sample.roster(), "secrets/acme/s.yaml": text])
        return try test.secret("secrets/acme/s.yaml")
    }

    private static func roster(_ text: String) async throws -> RosterDeclaration {
        try await TestRepository(["roster.yaml": text]).repository.roster
    }

    // MARK: - Secrets

    @Test func createsASecret() async throws {
        let declaration = try await Self.secret(
            Sample.secret(3, hosts: "api.x.ai, api.openai.com", keys: [2, 1], "rotateBy: 2027-01-31\n")
        )
        let dates = FileDates(created: 86_400, updated: 172_800)
        let project = try #require(ProjectID(Sample.id("proj_", 5)))
        let secret = try #require(Secret(declaration, in: Self.file, line: 4, dates: dates, projectID: project))
        #expect(secret.id.description == Sample.id("sec_", 3) && secret.projectID == project)
        #expect(secret.handle.text == "openai-prod" && secret.name == "Secret 3" && secret.generation == 1)
        #expect(secret.allowedHosts.map(\.text) == ["api.x.ai", "api.openai.com"])
        #expect(secret.fingerprint.description == "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        #expect(secret.rotateBy?.description == "2027-01-31")
        #expect(secret.boxes.map(\.key.description) == [2, 1].map { Sample.keyID($0) })
        #expect(secret.boxes.map(\.box) == [62, 61].map { Sample.box($0) })
        #expect(secret.createdAt.description == "1970-01-02T00:00:00Z")
        #expect(secret.updatedAt.description == "1970-01-03T00:00:00Z")
        #expect(secret.source.path == "secrets/acme/openai-prod.yaml" && secret.source.line == 4)
    }

    @Test(
        "There is no secret without each of its required parts",
        arguments: [
            ("id: sec_", "id: sek_"), ("name: Secret 1\n", ""), ("[api.openai.com]", "[\"not a host\"]"),
            ("generation: 1\n", ""), ("fingerprint: 0f1e", "fingerprint: 0F1E"),
        ]
    )
    func createsNoSecretWithoutAPart(_ part: String, _ other: String) async throws {
        let whole = Sample.secret(1)
        try #require(whole.contains(part))
        let dates = FileDates(created: 0, updated: 0)
        let project = try #require(ProjectID(Sample.id("proj_", 1)))
        let declaration = try await Self.secret(whole.replacing(part, with: other))
        #expect(Secret(declaration, in: Self.file, line: 1, dates: dates, projectID: project) == nil)
        let complete = try await Self.secret(whole)
        #expect(Secret(complete, in: Self.file, line: 1, dates: dates, projectID: project) != nil)
        #expect(Secret(complete, in: Self.file, line: 1, dates: dates, projectID: nil) == nil)
        let misnamed = TreeFile(folder: "secrets/acme", name: "Not A Name.yaml", limit: 1)
        #expect(Secret(complete, in: misnamed, line: 1, dates: dates, projectID: project) == nil)
    }

    // MARK: - Projects

    @Test func createsProjectsThatAreWhole() async throws {
        let projects = """
              acme: {id: \(Sample.id("proj_", 1)), name: Acme}
              beta: {id: proj_1, name: Beta}
              gamma: {id: \(Sample.id("proj_", 3))}

            """
        let roster = try await Self.roster(Sample.roster(projects: projects))
        #expect(roster.projects.count == 3)
        let records = roster.projects.map { Project($0) }
        #expect(records.map { $0?.handle.text } == ["acme", nil, nil])
        #expect(records[0]?.id.description == Sample.id("proj_", 1) && records[0]?.name == "Acme")
    }

    // MARK: - Access

    @Test func createsPoliciesInOrder() async throws {
        let policies = """
                writer:
                  - {effect: Allow, action: ["aiProviders:*"], resource: ["acme/*", acme/gpt-4o]}
                  - {effect: Deny, action: [aiProviders:GetAiProvider], resource: ["*"]}
                reader: [{effect: Allow, action: ["*"], resource: ["*"]}]

            """
        let roster = try await Self.roster(Sample.roster(access: Sample.access(policies: policies)))
        let access = Access(try #require(roster.access))
        #expect(access.policies.map(\.name) == ["writer", "reader"])
        let writer = access.policies[0].statements
        #expect(writer.map(\.effect) == [.allow, .deny])
        #expect(writer.map { $0.actions.map(\.text) } == [["aiProviders:*"], ["aiProviders:GetAiProvider"]])
        #expect(
            writer.map { $0.resources.map(\.scope) } == [[.project("acme"), .provider("acme/gpt-4o")], [.everywhere]]
        )
        #expect(access.policies[1].statements.count == 1)
        #expect(access.tokens.isEmpty)
    }

    @Test func createsTokensThatAreWhole() async throws {
        let tokens =
            Sample.token(1, policies: "reader, writer", "      project: acme\n      expires: 2027-06-30\n")
            + Sample.token(2).replacing("key_", with: "kez_")
            + Sample.token(3).replacing("      name: Token 3\n", with: "")
            + Sample.token(4).replacing(": 5d", with: ": xy") + Sample.token(5, "      project: Not A Handle\n")
        let roster = try await Self.roster(Sample.roster(access: Sample.access(tokens: tokens)))
        #expect(roster.access?.tokens.count == 5)
        let access = Access(try #require(roster.access))
        #expect(access.tokens.map(\.id.description) == [1, 5].map { Sample.id("key_", $0) })
        #expect(access.tokens.map(\.name) == ["Token 1", "Token 5"])
        #expect(access.tokens.map(\.hash.description) == [1, 5].map { Sample.hash($0) })
        #expect(access.tokens.map(\.policies) == [["reader", "writer"], []])
        #expect(access.tokens.map(\.project?.text) == ["acme", nil])
        #expect(access.tokens.map(\.expires?.description) == ["2027-06-30", nil])
    }
}
